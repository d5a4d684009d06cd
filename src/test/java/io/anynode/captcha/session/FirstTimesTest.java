package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstTimesTest {

  private final FirstTimes times = new FirstTimes();

  @Test
  void onlyTheFirstTimeIsTheFirst() {
    assertThat(times.isFirst("a")).isTrue();
    assertThat(times.isFirst("b")).isTrue();
    assertThat(times.isFirst("a")).isFalse();
  }

  @Test
  void namesThatNeverEndFillNeitherTheLogNorTheMemory() {
    assertThat(IntStream.range(0, 10_000).filter(i -> times.isFirst("name" + i))).hasSize(256);
  }
}
