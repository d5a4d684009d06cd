package io.anynode.captcha.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.LocalCounters;
import io.anynode.captcha.settings.Rate;
import io.anynode.captcha.settings.Rates;
import io.anynode.captcha.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class DifficultyTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Limits limits =
      new Limits(
          new Rates(
              null,
              null,
              new Rate(40, Duration.ofMinutes(1)),
              new Rate(400, Duration.ofMinutes(1)),
              24,
              64,
              List.of()),
          new LocalCounters(nanos::get),
          name -> name,
          nanos::get,
          limited -> {});
  private final Difficulty difficulty = of(1000, 10, 8);

  private Difficulty of(int keys, int busy, int rise) {
    return new Difficulty(new Settings.Work(keys, busy, rise), limits, nanos::get);
  }

  private static MockHttpServletRequest from(String address) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    return request;
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      limits.failed(from(address));
    }
  }

  @Test
  void whileLittleIsIssuedItIsAsSet() {
    for (int second = 0; second < 100; second++) {
      for (int i = 0; i < 10; i++) {
        assertThat(difficulty.next(from("192.0.2.1"))).isEqualTo(1000);
      }
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
  }

  @Test
  void itRisesWithTheChallengesOfASecondUpToItsMost() {
    assertThat(last(20)).isEqualTo(2000);
    assertThat(last(20)).isEqualTo(4000);
    assertThat(last(1000)).isEqualTo(8000);
  }

  @Test
  void aSecondLaterItStillKnowsAndTwoSecondsLaterItHasForgotten() {
    last(40);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(last(1)).isEqualTo(4000);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(last(1)).isEqualTo(1000);
  }

  @Test
  void itRisesWithAClientsRefusedAnswersAndForNobodyElse() {
    fail("192.0.2.1", 5);
    assertThat(difficulty.next(from("192.0.2.1"))).isEqualTo(2000);
    fail("192.0.2.1", 15);
    assertThat(difficulty.next(from("192.0.2.1"))).isEqualTo(5000);
    fail("192.0.2.1", 100);
    assertThat(difficulty.next(from("192.0.2.1"))).isEqualTo(8000);

    assertThat(difficulty.next(from("198.51.100.1"))).isEqualTo(1000);
    assertThat(difficulty.next(from("192.0.2.2"))).as("of its network").isBetween(1000, 2000);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(difficulty.next(from("192.0.2.1"))).isEqualTo(1000);
  }

  @Test
  void withARiseOfOneItStaysAsItIs() {
    Difficulty even = of(50, 1, 1);
    fail("192.0.2.1", 40);
    for (int i = 0; i < 100; i++) {
      assertThat(even.next(from("192.0.2.1"))).isEqualTo(50);
    }
  }

  private int last(int challenges) {
    int last = 0;
    for (int i = 0; i < challenges; i++) {
      last = difficulty.next(from("192.0.2.1"));
    }
    return last;
  }
}
