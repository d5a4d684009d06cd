package io.anynode.captcha.server.lab;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Begins rounds at a fixed rate, whatever the answers take: a closed loop would ask less of a slow
 * site. A round that nobody was free to begin in time is begun late, and counted as such.
 */
final class OpenLoop {

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** One captcha of a visitor's. */
  interface Round {
    /** Goes through it. */
    void go(Visitor visitor) throws InterruptedException;
  }

  private OpenLoop() {}

  /**
   * Runs until it is over.
   *
   * @param perSecond how many rounds are begun
   * @param late is told of each late start
   */
  static void run(
      double perSecond, List<Visitor> visitors, CountDownLatch over, Round round, Runnable late)
      throws InterruptedException {
    BlockingQueue<Visitor> free = new LinkedBlockingQueue<>(visitors);
    ExecutorService threads = Executors.newFixedThreadPool(visitors.size());
    long start = System.nanoTime();
    try {
      for (long begun = 0; ; begun++) {
        long due = start + (long) (begun * TimeUnit.SECONDS.toNanos(1) / perSecond);
        if (over.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          return;
        }
        Visitor visitor = free.poll(1, TimeUnit.SECONDS);
        if (visitor == null || System.nanoTime() - due > LATE_NANOS) {
          late.run();
        }
        if (visitor != null) {
          threads.execute(
              () -> {
                try {
                  round.go(visitor);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  free.add(visitor);
                }
              });
        }
      }
    } finally {
      threads.shutdown();
      boolean unused = threads.awaitTermination(15, TimeUnit.SECONDS);
    }
  }
}
