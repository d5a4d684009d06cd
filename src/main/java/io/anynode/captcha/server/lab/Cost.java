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

    @Override
    void close();
  }

  /** A store that tells nothing. */
  static final Gauge SILENT = new Told(null);

  private static final int CHALLENGES = 50;

  /** The same with other bytes, where they were measured otherwise. */
  Cost withBytes(@Nullable Double otherBytes) {
    return new Cost(trips, otherBytes);
  }

  /**
   * Measures it on a site that nobody else uses.
   *
   * @param front where the requests go
   */
  static Cost measure(Gauge gauge, URI front, HttpClient client) {
    List<Visitor> visitors = new Population(CHALLENGES).visitors(client);
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
    for (int i = 0; i < CHALLENGES; i++) {
      Visitor.Reply unused = visitors.get(i).answer(front, ids.get(i));
    }
    Long tripsVerified = gauge.trips();
    Double issuing = each(tripsBefore, tripsIssued);
    Double verifying = each(tripsAgain, tripsVerified);
    return new Cost(
        issuing == null || verifying == null ? null : issuing + verifying,
        each(bytesBefore, bytesIssued));
  }

  private static @Nullable Double each(@Nullable Long before, @Nullable Long after) {
    return before == null || after == null ? null : (after - before) / (double) CHALLENGES;
  }

  /** Trips that are known without asking. */
  record Told(@Override @Nullable Long trips) implements Gauge {

    @Override
    public @Nullable Long bytes() {
      return null;
    }

    @Override
    public void close() {}
  }
}
