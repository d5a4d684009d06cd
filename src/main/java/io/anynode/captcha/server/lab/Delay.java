package io.anynode.captcha.server.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How long it takes until a challenge that one worker issued is seen by another.
 *
 * @param millis the delays, shortest first: 0 where the first look found it
 * @param unseen how many were never seen, as long as one looked
 */
record Delay(List<Long> millis, int unseen) {

  private static final long LOOK_EACH_MILLIS = 20;

  /** Longer than a sync's five seconds, so that the samples begin anywhere in it. */
  private static final Duration SPREAD = Duration.ofSeconds(5);

  /**
   * Measures it with several visitors at once.
   *
   * @param samples how many
   * @param patience how long to look
   */
  static Delay measure(int samples, Duration patience, URI issuer, URI other, HttpClient client) {
    // A store without delay needs no spread; one with a delay of seconds does.
    Duration spread = patience.compareTo(SPREAD) > 0 ? SPREAD : Duration.ofMillis(200);
    ExecutorService threads = Executors.newFixedThreadPool(samples);
    try {
      List<CompletableFuture<Long>> delays =
          IntStream.range(0, samples)
              .mapToObj(
                  i -> {
                    long wait = ThreadLocalRandom.current().nextLong(spread.toMillis());
                    Executor later =
                        CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, threads);
                    return CompletableFuture.supplyAsync(
                        () -> sample(patience, issuer, other, client), later);
                  })
              .toList();
      List<Long> all = delays.stream().map(CompletableFuture::join).sorted().toList();
      List<Long> seen = all.stream().filter(millis -> millis >= 0).toList();
      return new Delay(seen, all.size() - seen.size());
    } finally {
      threads.shutdownNow();
    }
  }

  private static long sample(Duration patience, URI issuer, URI other, HttpClient client) {
    Visitor visitor = new Visitor(client, "192.0.2.2");
    String id = Visitor.idIn(visitor.issue(issuer));
    try {
      return id == null ? -1 : untilSeen(visitor, id, other, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /**
   * Looks for a challenge on a worker.
   *
   * @return how long after the first look the one began that found it, in milliseconds; -1 if none
   *     did
   */
  static long untilSeen(Visitor visitor, String id, URI other, Duration patience)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (visitor.picture(other, id).status() == 200) {
        return waited;
      }
      if (waited > patience.toMillis()) {
        return -1;
      }
      Thread.sleep(LOOK_EACH_MILLIS);
    }
  }
}
