package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong(-1_000); // any number, negative ones too
  private final AtomicInteger reached = new AtomicInteger();
  private final Breaker breaker = new Breaker(TIMEOUT, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private String answered() {
    return breaker.call(
        () -> {
          reached.incrementAndGet();
          return "answer";
        });
  }

  /** A call that is refused after so long; whether it reached the store. */
  private boolean failing(Duration after) {
    int before = reached.get();
    assertThatThrownBy(
            () ->
                breaker.call(
                    () -> {
                      reached.incrementAndGet();
                      pass(after);
                      throw fault();
                    }))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("The store is down.");
    return reached.get() > before;
  }

  private static StoreUnavailableException fault() {
    return new StoreUnavailableException("The store is down.", new IllegalStateException("x"));
  }

  @Test
  void afterOneCallThatWaitedInVainOthersFailAtOnce() {
    assertThat(failing(TIMEOUT)).isTrue();

    assertThat(failing(Duration.ZERO)).isFalse();
    pass(Breaker.PAUSE.minusMillis(1));
    assertThat(failing(Duration.ZERO)).isFalse();
  }

  @Test
  void oneCallFindsOutAndItsAnswerLetsAllThrough() {
    assertThat(failing(TIMEOUT)).isTrue();
    pass(Breaker.PAUSE);

    String answer =
        breaker.call(
            () -> {
              assertThat(failing(Duration.ZERO)).as("a second one").isFalse();
              return "answer";
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void aCallThatFindsOutInVainKeepsItOpen() {
    assertThat(failing(TIMEOUT)).isTrue();
    pass(Breaker.PAUSE);
    assertThat(failing(Duration.ZERO)).isTrue();

    assertThat(failing(Duration.ZERO)).isFalse();
    pass(Breaker.PAUSE);
    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void aCallThatFindsOutAndNeverEndsIsGivenUp() {
    assertThat(failing(TIMEOUT)).isTrue();
    pass(Breaker.PAUSE);

    String late =
        breaker.call(
            () -> {
              pass(Duration.ofSeconds(5));
              assertThat(answered()).isEqualTo("answer");
              return "late";
            });

    assertThat(late).isEqualTo("late");
  }

  @Test
  void whatIsRefusedAtOnceShutsNobodyOut() {
    for (int i = 0; i < 100; i++) {
      assertThat(failing(Duration.ofMillis(1))).isTrue();
    }
    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void aCallThatWaitedInVainWhileAnotherWasAnsweredShutsNobodyOut() {
    assertThatThrownBy(
            () ->
                breaker.call(
                    () -> {
                      pass(Duration.ofMillis(100));
                      String other = answered();
                      pass(TIMEOUT);
                      throw new StoreUnavailableException(other, fault());
                    }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void anInterruptedCallSaysNothingOfTheStore() {
    Thread.currentThread().interrupt();
    assertThat(failing(TIMEOUT)).isTrue();
    assertThat(Thread.interrupted()).isTrue();

    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void aValueThatCannotBeStoredIsNoFaultOfTheStore() {
    assertThatThrownBy(
            () ->
                breaker.call(
                    () -> {
                      pass(TIMEOUT);
                      throw new UnstorableAttributeException("too long", fault());
                    }))
        .isInstanceOf(UnstorableAttributeException.class);

    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void theLogHasTwoLinesForAnOutage() {
    try (LogLines lines = LogLines.of(Breaker.class)) {
      for (int i = 0; i < 100; i++) {
        boolean unused = failing(TIMEOUT);
        pass(Breaker.PAUSE);
      }
      assertThat(answered()).isEqualTo("answer");
      assertThat(lines.with("")).hasSize(1);
      assertThat(lines.with("The store is down. (IllegalStateException)")).hasSize(1);

      pass(Breaker.WELL);
      assertThat(answered()).isEqualTo("answer");
      assertThat(answered()).isEqualTo("answer");
      assertThat(lines.with("")).hasSize(2);
      assertThat(lines.with("well again")).hasSize(1);
    }
  }

  @Test
  void aRequestWaitsForAllItsCallsNoLongerThanTheTimeoutAndOneCallMore() {
    breaker.begin();
    for (int i = 0; i < 4; i++) {
      String unused =
          breaker.call(
              () -> {
                pass(TIMEOUT.dividedBy(4));
                return "slow";
              });
    }
    assertThatThrownBy(this::answered)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("as long as it may");

    breaker.begin();
    assertThat(answered()).as("the next request").isEqualTo("answer");
    breaker.end();
  }
}
