package io.anynode.captcha.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anynode.captcha.server.lab.Numbers.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void aPercentileIsAValueThatWasMeasured() {
    long[] values = LongStream.rangeClosed(1, 200).toArray();

    assertThat(Numbers.percentile(values, 50)).isEqualTo(100);
    assertThat(Numbers.percentile(values, 99)).isEqualTo(198);
    assertThat(Numbers.percentile(values, 100)).isEqualTo(200);
    assertThat(Numbers.percentile(new long[] {7}, 1)).isEqualTo(7);
    assertThat(Numbers.percentile(new long[0], 50)).isZero();
  }

  @Test
  void anEvenLoadHasNoSpread() {
    assertThat(Numbers.maxByMean(List.of(5L, 5L, 5L))).isEqualTo(1);
    assertThat(Numbers.variation(List.of(5L, 5L, 5L))).isZero();
  }

  @Test
  void aLoadOnOneOfTwoIsTwiceTheMean() {
    assertThat(Numbers.maxByMean(List.of(10L, 0L))).isEqualTo(2);
    assertThat(Numbers.variation(List.of(10L, 0L))).isEqualTo(1, within(1e-9));
    assertThat(Numbers.maxByMean(List.of(0L, 0L))).isZero();
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwo() {
    assertThat(Range.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Range(1, 2.5, 4));
    assertThat(Range.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Range(1, 2, 3));
  }

  @Test
  void resultsAreWrittenAsJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", "a \"quoted\" \\ line\n");
    json.put("list", List.of(1, 2L, 0.5, true));
    json.put("none", null);

    assertThat(JsonText.of(json))
        .isEqualTo(
            "{\"text\":\"a \\\"quoted\\\" \\\\"
                + " line\\u000a\",\"list\":[1,2,0.500,true],\"none\":null}");
  }
}
