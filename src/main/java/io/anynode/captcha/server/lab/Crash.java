package io.anynode.captcha.server.lab;

import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the {@code kill -9} of one worker costs.
 *
 * @param open how many challenges were open, as the front showed them
 * @param openLost how many of them were gone afterwards
 * @param loggedIn how many visitors were logged in
 * @param loggedInLost how many of them were logged out afterwards
 * @param nextAcceptedMillis how long some of the killed worker's visitors took, each, to their next
 *     accepted captcha, from the kill on; shortest first
 * @param line what a light load saw around the kill
 */
record Crash(
    int open,
    int openLost,
    int loggedIn,
    int loggedInLost,
    List<Long> nextAcceptedMillis,
    List<Event> line) {

  /**
   * A captcha that was solved rightly, and its end.
   *
   * @param millis after the kill; negative before
   * @param accepted whether it was accepted
   */
  record Event(long millis, boolean accepted) {}

  private static final long BEFORE_MILLIS = 700;
  private static final long AFTER_MILLIS = 1_500;
  private static final long LONGEST_WAIT_MILLIS = 10_000;
  private static final int WAITING = 24;
  private static final int MOST_WAITING = 8;

  /**
   * Kills the site's second worker.
   *
   * @param crowd whose challenges and logins are looked for
   */
  static Crash measure(Site site, Crowd crowd, HttpClient client) throws InterruptedException {
    List<Crowd.Known> before = crowd.ask();
    Site.Node victim = site.nodes().get(1);
    try (Crowd waiting = Crowd.of(WAITING, site.url(), client)) {
      waiting.logIn();
      List<Integer> its = servedBy(victim.name(), waiting.ask());
      Watch watch = Watch.start(site.url(), client);
      Thread.sleep(BEFORE_MILLIS);
      long killed = System.nanoTime();
      site.kill(victim);
      long until = killed + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
      List<Long> next =
          waiting.solveUntilAccepted(its, until).stream()
              .map(nanos -> TimeUnit.NANOSECONDS.toMillis(nanos - killed))
              .sorted()
              .toList();
      Thread.sleep(
          Math.max(0, AFTER_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed)));
      List<Event> line = watch.end(killed);
      List<Crowd.Known> after = crowd.ask();
      return new Crash(
          (int) before.stream().filter(Crowd.Known::open).count(),
          lost(before, after, Crowd.Known::open),
          (int) before.stream().filter(Crowd.Known::loggedIn).count(),
          lost(before, after, Crowd.Known::loggedIn),
          next,
          line);
    }
  }

  /** How long the killed worker's visitors waited, in the middle; -1 if it had none. */
  long medianWait() {
    return nextAcceptedMillis.isEmpty()
        ? -1
        : nextAcceptedMillis.get(nextAcceptedMillis.size() / 2);
  }

  /** For {@code --json}. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("open", open);
    json.put("openLost", openLost);
    json.put("loggedIn", loggedIn);
    json.put("loggedInLost", loggedInLost);
    json.put("nextAcceptedMillis", nextAcceptedMillis);
    return json;
  }

  /** How many had it before and have it no more. */
  static int lost(
      List<Crowd.Known> before, List<Crowd.Known> after, Predicate<Crowd.Known> having) {
    return (int)
        IntStream.range(0, before.size())
            .filter(i -> having.test(before.get(i)) && !having.test(after.get(i)))
            .count();
  }

  private static List<Integer> servedBy(String worker, List<Crowd.Known> known) {
    return IntStream.range(0, known.size())
        .filter(i -> known.get(i).worker().equals(worker))
        .limit(MOST_WAITING)
        .boxed()
        .toList();
  }
}
