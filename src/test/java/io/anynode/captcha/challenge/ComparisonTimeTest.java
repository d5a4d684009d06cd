package io.anynode.captcha.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whether the time of a comparison tells where an answer is wrong: Welch's t over measurements of
 * two kinds that take turns at random, without the slowest (Reparaz, Balasch, Verbauwhede: Dude, is
 * my code constant time?). Above 4.5 they call a leak; with other work on the machine, a leak is
 * what stays far above that in each of several rounds.
 */
class ComparisonTimeTest {

  private static final double LEAK = 15;
  private static final int ROUNDS = 5;
  private static final int MEASUREMENTS = 20_000;

  @Test
  void theTimeDoesNotTellWhetherTheFirstOrTheLastCharacterIsWrong() {
    String right = "K7QP3M9TWXZH".repeat(5); // as long as an answer may be, nearly
    Answer answer = new Answer(right, false);

    assertThat(leastT(answer::matches, right)).isLessThan(LEAK);
  }

  @Test
  void aPlainComparisonIsFoundOut() {
    String right = "K7QP3M9TWXZH".repeat(400);

    assertThat(leastT(given -> plainly(right, given), right)).isGreaterThan(LEAK);
  }

  private static boolean plainly(String right, String given) {
    for (int i = 0; i < right.length(); i++) {
      if (right.charAt(i) != given.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The least of several rounds: a leak is in all of them, and a disturbance is not. */
  private static double leastT(Predicate<String> comparison, String right) {
    String first = "X" + right.substring(1);
    String last = right.substring(0, right.length() - 1) + "X";
    return IntStream.range(0, ROUNDS)
        .mapToDouble(round -> Math.abs(t(comparison, first, last, new Random(round))))
        .min()
        .orElseThrow();
  }

  private static double t(Predicate<String> comparison, String first, String last, Random random) {
    double[][] times = {new double[MEASUREMENTS], new double[MEASUREMENTS]};
    int[] counts = new int[2];
    for (int i = 0; i < 2 * MEASUREMENTS; i++) {
      int kind = random.nextInt(2);
      if (counts[kind] == MEASUREMENTS) {
        continue;
      }
      String given = kind == 0 ? first : last;
      long begin = System.nanoTime();
      boolean right = comparison.test(given);
      times[kind][counts[kind]++] = System.nanoTime() - begin;
      assertThat(right).isFalse();
    }
    double most = limit(times[0], counts[0], times[1], counts[1]);
    Sample one = Sample.of(times[0], counts[0], most);
    Sample two = Sample.of(times[1], counts[1], most);
    return (one.mean - two.mean)
        / Math.sqrt(one.variance / one.count + two.variance / two.count + 1e-9);
  }

  /** What 9 of 10 measurements are below, and the warm-up, the collector and others are not. */
  private static double limit(double[] one, int ones, double[] two, int twos) {
    double[] all = Arrays.copyOf(one, ones + twos);
    System.arraycopy(two, 0, all, ones, twos);
    Arrays.sort(all);
    return all[all.length * 9 / 10];
  }

  private record Sample(double mean, double variance, int count) {

    static Sample of(double[] times, int count, double most) {
      double[] kept = Arrays.stream(times, 0, count).filter(time -> time <= most).toArray();
      double mean = Arrays.stream(kept).average().orElseThrow();
      double variance =
          Arrays.stream(kept).map(time -> (time - mean) * (time - mean)).sum() / (kept.length - 1);
      return new Sample(mean, variance, kept.length);
    }
  }
}
