package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweeperTest {

  private static final Duration EVERY = Duration.ofMillis(20);

  private @Nullable Sweeper sweeper;

  @AfterEach
  void close() {
    if (sweeper != null) {
      sweeper.close();
    }
  }

  @Test
  void eachWaitIsBetweenHalfTheMeanAndOneAndAHalf() {
    Waits waits = new Waits();
    sweeper = new Sweeper(Duration.ofSeconds(60), () -> 0, waits, new Extremes(0, 59_999, 30_000));
    await().until(() -> waits.asked.size() >= 4);
    assertThat(waits.asked).startsWith(30_000L, 89_999L, 60_000L, 30_000L);
  }

  @Test
  void aMeanShorterThanItCanMeasureIsNoError() {
    Waits waits = new Waits();
    sweeper = new Sweeper(Duration.ZERO, () -> 0, waits, new Extremes(0));
    await().until(() -> waits.asked.size() >= 2);
  }

  @Test
  void itsThreadKeepsNoJvmAlive() {
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    sweeper =
        new Sweeper(
            EVERY,
            () -> {
              threads.add(Thread.currentThread());
              return 0;
            });
    await().until(() -> !threads.isEmpty());
    assertThat(threads)
        .allSatisfy(
            thread -> {
              assertThat(thread.isDaemon()).isTrue();
              assertThat(thread.getName()).isEqualTo("captcha-sweeper");
            });
  }

  @Test
  void aSweepGoesOnUntilNothingIsLeft() {
    Waits waits = new Waits();
    AtomicInteger left = new AtomicInteger(250);
    sweeper =
        new Sweeper(
            EVERY,
            () -> left.getAndUpdate(old -> Math.max(0, old - 100)) > 0 ? 100 : 0,
            waits,
            new Extremes(0));
    await().until(() -> waits.asked.size() >= 2);
    assertThat(left).hasValue(0);
  }

  @Test
  void itGoesOnAfterABatchThatFailed() {
    AtomicInteger batches = new AtomicInteger();
    sweeper =
        new Sweeper(
            EVERY,
            () -> {
              if (batches.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("on purpose");
              }
              return 0;
            });
    await().until(() -> batches.get() >= 4);
  }

  @Test
  void closingEndsItInTheMiddleOfASweep() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    sweeper =
        new Sweeper(
            EVERY,
            () -> {
              threads.add(Thread.currentThread());
              begun.countDown();
              return 1;
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    sweeper.close();

    await().until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void closingEndsABatchThatWaits() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    sweeper =
        new Sweeper(
            EVERY,
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return 1;
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    sweeper.close();

    assertThat(interrupted.getCount()).isZero();
  }

  /** Notes the waits that it is asked for, and waits for a millisecond. */
  private static final class Waits extends ScheduledThreadPoolExecutor {

    private final Queue<Long> asked = new ConcurrentLinkedQueue<>();

    Waits() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long wait, TimeUnit unit) {
      asked.add(unit.toMillis(wait));
      return super.schedule(work, asked.size() < 5 ? 1 : 60_000, TimeUnit.MILLISECONDS);
    }
  }

  /** Draws these by turns, whatever the bound. */
  private static final class Extremes implements RandomGenerator {

    private final long[] draws;
    private int next;

    Extremes(long... draws) {
      this.draws = draws;
    }

    @Override
    public long nextLong() {
      return draws[next++ % draws.length];
    }

    @Override
    public long nextLong(long bound) {
      long drawn = nextLong();
      assertThat(drawn).isLessThan(bound);
      return drawn;
    }
  }
}
