package io.anynode.captcha.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadyOnceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();
  private final CountDownLatch held = new CountDownLatch(1);

  private final ReadyOnce<String> ready = new ReadyOnce<>(this::make, PATIENCE);

  /** An attempt; the second one is held until the test lets it go. */
  private String make() {
    int number = attempts.incrementAndGet();
    if (number == 2) {
      awaitHeld();
    }
    if (down.get()) {
      throw new StoreUnavailableException("down", new IllegalStateException("refused"));
    }
    return "made";
  }

  private void awaitHeld() {
    try {
      assertThat(held.await(30, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void end() {
    held.countDown();
    threads.shutdownNow();
  }

  @Test
  void nothingIsAttemptedBeforeItIsNeeded() {
    assertThat(ready.ifMade()).isNull();
    assertThat(attempts).hasValue(0);
  }

  @Test
  void itIsMadeOnceForAllCallersOfTheFirstMoment() throws Exception {
    List<Future<String>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(threads.submit(ready::get));
    }

    for (Future<String> caller : callers) {
      assertThat(caller.get(30, SECONDS)).isEqualTo("made");
    }
    assertThat(attempts).hasValue(1);
    assertThat(ready.ifMade()).isEqualTo("made");
  }

  @Test
  void whileOneTriesAgainTheOthersFailAtOnceWithTheKnownFault() throws Exception {
    down.set(true);
    assertThatThrownBy(ready::get).isInstanceOf(StoreUnavailableException.class);
    Future<String> trying = threads.submit(ready::get);
    await().atMost(30, SECONDS).until(() -> attempts.get() == 2);

    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(ready::get)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("down")
          .hasRootCauseMessage("refused");
    }
    assertThat(attempts).hasValue(2);

    down.set(false);
    held.countDown();
    assertThat(trying.get(30, SECONDS)).isEqualTo("made");
    assertThat(ready.get()).isEqualTo("made");
    assertThat(attempts).hasValue(2);
  }

  @Test
  void callersThatWaitedForAnAttemptShareItsFault() throws Exception {
    attempts.set(1); // the next attempt is held
    down.set(true);
    List<Future<String>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(threads.submit(ready::get));
    }
    await().atMost(30, SECONDS).until(() -> attempts.get() == 2);
    held.countDown();

    for (Future<String> caller : callers) {
      assertThatThrownBy(() -> caller.get(30, SECONDS))
          .hasCauseInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void aCallerIsNotHeldLongerThanItsPatience() throws Exception {
    ReadyOnce<String> impatient = new ReadyOnce<>(this::make, Duration.ofMillis(20));
    attempts.set(1); // the next attempt is held
    Future<String> trying = threads.submit(impatient::get);
    await().atMost(30, SECONDS).until(() -> attempts.get() == 2);

    assertThatThrownBy(impatient::get)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("being prepared");

    held.countDown();
    assertThat(trying.get(30, SECONDS)).isEqualTo("made");
  }

  @Test
  void anInterruptedAttemptIsNoFaultForThoseWhoWaited() throws Exception {
    CountDownLatch attempting = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    ReadyOnce<String> once =
        new ReadyOnce<>(
            () -> {
              if (attempts.incrementAndGet() > 1) {
                return "made";
              }
              attempting.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreUnavailableException("interrupted", e);
              }
              throw new AssertionError("not interrupted");
            },
            Duration.ofMinutes(1));
    FutureTask<String> first = new FutureTask<>(once::get);
    FutureTask<String> second = new FutureTask<>(once::get);
    Thread interrupted = new Thread(first);
    interrupted.start();
    attempting.await();
    Thread waiting = new Thread(second);
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    interrupted.interrupt();

    assertThat(second.get()).isEqualTo("made");
    assertThatThrownBy(first::get).hasCauseInstanceOf(StoreUnavailableException.class);
  }
}
