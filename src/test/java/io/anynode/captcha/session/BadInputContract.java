package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids and names that no one issued find nothing and harm nothing. */
interface BadInputContract extends TwoNodes {

  default List<String> oddIds() {
    return List.of(
        UUID.randomUUID().toString(),
        "",
        " ",
        "\0",
        "a\0b",
        "../x",
        "..",
        "/etc/passwd",
        "%00",
        "*",
        "{x}",
        "' OR 1=1 --",
        "\uFFFD漢😀",
        "x".repeat(10_240));
  }

  @ParameterizedTest
  @MethodSource("oddIds")
  default void anOddSessionIdFindsNothingAndHarmsNothing(String odd) {
    String id = savedOnA("captcha.1", "content");

    assertAbsent(odd);
    assertThat(a().claim(odd, "captcha.1")).isNull();
    assertThatCode(() -> a().sessions().deleteById(odd)).doesNotThrowAnyException();

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
  }

  @ParameterizedTest
  @MethodSource("oddIds")
  default void anOddAttributeNameClaimsNothing(String odd) {
    String id = savedOnA("captcha.1", "content");

    assertThat(a().claim(id, odd)).isNull();
    assertThat(a().claim(id, "captcha." + odd)).isNull();

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
  }
}
