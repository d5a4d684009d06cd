package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.session.Counters.Count;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store promises of its counts. */
interface CounterContract extends TwoNodes {

  Duration LONG = Duration.ofMinutes(5);

  private Counters counters(int node) {
    return node(node).counters();
  }

  @Test
  default void eachNodeSeesWhatTheOthersHaveCounted() {
    String name = name();

    Count first = counters(0).add(name, 1, LONG);
    Count second = counters(1).add(name, 4, LONG);

    assertThat(first.total()).isEqualTo(1);
    assertThat(first.left()).isBetween(LONG.minusSeconds(30), LONG);
    assertThat(second.total()).isEqualTo(5);
    assertThat(second.left()).isPositive().isLessThanOrEqualTo(first.left());
    assertThat(counters(0).read(List.of(name, name(), name))).containsExactly(5L, 0L, 5L);
  }

  @Test
  default void noneIsLostWhenAllAddAtOnce() throws Exception {
    String name = name();

    List<List<@Nullable Long>> rounds =
        callers()
            .rounds(
                8, 5, (caller, round) -> counters(caller).add(name + "." + round, 1, LONG).total());

    for (int round = 0; round < rounds.size(); round++) {
      assertThat(counters(0).read(List.of(name + "." + round))).containsExactly(8L);
      assertThat(rounds.get(round)).contains(8L).doesNotContainNull();
    }
  }

  @Test
  default void aCountIsForgottenAtTheEndOfItsWindow() {
    String name = name();
    Duration brief = Duration.ofMillis(300);
    counters(0).add(name, 3, brief);

    await().until(() -> counters(1).read(List.of(name)).equals(List.of(0L)));

    assertThat(counters(1).add(name, 1, brief).total()).isEqualTo(1);
  }

  @Test
  default void whatIsTakenBackIsNotCountedAndNothingGoesBelowZero() {
    String name = name();
    counters(0).add(name, 1, LONG);
    counters(1).add(name, 1, LONG);

    counters(0).takeBack(name, 1);
    assertThat(counters(1).read(List.of(name))).containsExactly(1L);

    LongStream.range(0, 3).forEach(n -> counters(0).takeBack(name, 1));
    counters(0).takeBack(name(), 1);
    assertThat(counters(1).read(List.of(name))).containsExactly(0L);
    assertThat(counters(0).add(name, 1, LONG).total()).isEqualTo(1);
  }

  private static String name() {
    return "test." + UUID.randomUUID();
  }
}
