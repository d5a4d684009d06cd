package io.anynode.captcha.server.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a challenge asks of the store.
 *
 * @param trips commands or statements, from its issue to its accepted answer; null if not measured
 * @param bytes what it takes up while it is open, with its session; null if not measured
 */
record Cost(@Nullable Double trips, @Nullable Double bytes) {

  /** Counts in a store. */
  interface Gauge extends AutoCloseable {

    /** The commands or statements so far; null if this store does not tell. */
    @Nullable Long trips();

    /** The bytes that are taken up now; null if this store does not tell. */
    @Nullable Long bytes();

    /** How many challenges it takes to tell one from what is there besides. */
    default int challenges() {
      return 50;
    }

    @Override
    void close();
  }

  /** A store that tells nothing. */
  static final Gauge SILENT = new Silent();

  /**
   * Measures it on a site that nobody else uses.
   *
   * @param front where the requests go
   */
  static Cost measure(Gauge gauge, URI front, HttpClient client) {
    List<Visitor> visitors = new Population(gauge.challenges()).visitors(client);
    visitors.forEach(visitor -> visitor.home(front));
    Long bytesBefore = gauge.bytes();
    Long tripsBefore = gauge.trips();
    List<String> ids = new ArrayList<>();
    for (Visitor visitor : visitors) {
      String id = Visitor.idIn(visitor.issue(front));
      ids.add(id == null ? "none" : id);
    }
    Long tripsIssued = gauge.trips();
    Long bytesIssued = gauge.bytes();
    Long tripsAgain = gauge.trips();
    for (int i = 0; i < visitors.size(); i++) {
      Visitor.Reply unused = visitors.get(i).answer(front, ids.get(i));
    }
    Long tripsVerified = gauge.trips();
    Double issuing = each(tripsBefore, tripsIssued, visitors.size());
    Double verifying = each(tripsAgain, tripsVerified, visitors.size());
    return new Cost(
        issuing == null || verifying == null ? null : issuing + verifying,
        each(bytesBefore, bytesIssued, visitors.size()));
  }

  private static @Nullable Double each(
      @Nullable Long before, @Nullable Long after, int challenges) {
    return before == null || after == null ? null : (after - before) / (double) challenges;
  }

  /** Tells nothing. */
  private static final class Silent implements Gauge {

    @Override
    public @Nullable Long trips() {
      return null;
    }

    @Override
    public @Nullable Long bytes() {
      return null;
    }

    @Override
    public void close() {}
  }
}
