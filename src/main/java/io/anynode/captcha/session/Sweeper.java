package io.anynode.captcha.session;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps expired sessions on a daemon thread, in small batches, each node at its own random
 * moments: many nodes must not all run one large delete at the same second. After a batch it rests
 * for {@value #REST} times as long as that took, so that the store has most of its time for
 * requests while a million sessions go.
 */
public final class Sweeper implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private static final int REST = 9;

  private final ScheduledExecutorService thread;
  private final Duration every;
  private final IntSupplier batch;
  private final RandomGenerator random;

  /**
   * Starts sweeping.
   *
   * @param every the mean time between two sweeps; each wait is between half and one and a half of
   *     it
   * @param batch deletes a bounded number of expired sessions and says how many; a sweep goes on
   *     until it says 0, because none are left or because they are another node's to sweep now
   */
  public Sweeper(Duration every, IntSupplier batch) {
    this(
        every,
        batch,
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "captcha-sweeper");
              daemon.setDaemon(true);
              return daemon;
            }),
        new Random());
  }

  /** On a thread that {@link #close()} ends, at moments that are drawn from this source. */
  Sweeper(
      Duration every, IntSupplier batch, ScheduledExecutorService thread, RandomGenerator random) {
    this.every = every;
    this.batch = batch;
    this.thread = thread;
    this.random = random;
    next();
  }

  private void next() {
    long mean = every.toMillis();
    long wait = mean / 2 + random.nextLong(Math.max(1, mean));
    var unused = thread.schedule(this::sweep, wait, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      int swept = 0;
      long begun = System.nanoTime();
      int last;
      while ((last = batch.getAsInt()) > 0 && !thread.isShutdown()) {
        swept += last;
        TimeUnit.NANOSECONDS.sleep(REST * (System.nanoTime() - begun));
        begun = System.nanoTime();
      }
      log.debug("Swept {} expired sessions.", swept);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    } catch (RuntimeException e) {
      // The next sweep tries again; a store that is down is told of by the requests that need it.
      log.debug("A sweep of expired sessions failed.", e);
    } finally {
      if (!thread.isShutdown()) {
        next();
      }
    }
  }

  /** Ends the thread, in the middle of a sweep too, and waits up to 5 seconds for its end. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("The sweeper of expired sessions did not end within 5 s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
