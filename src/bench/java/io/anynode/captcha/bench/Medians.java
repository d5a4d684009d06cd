package io.anynode.captcha.bench;

import java.util.List;

/** The middle one of several figures. */
final class Medians {

  private Medians() {}

  /** The middle one; of an even number the higher of the two. */
  static double of(List<Double> figures) {
    return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
  }
}
