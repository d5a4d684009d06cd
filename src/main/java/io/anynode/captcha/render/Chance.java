package io.anynode.captcha.render;

import java.util.SplittableRandom;

/**
 * What is random in one picture. Its numbers depend on the text and the seed alone: how Java makes
 * a number within bounds may change from one version to the next, and nodes may run two of them.
 */
final class Chance {

  private final SplittableRandom random;

  Chance(String text, long seed) {
    this.random = SeededRandom.of(text, seed);
  }

  /** A number from 0 to below 1. */
  float part() {
    return (random.nextLong() >>> 40) * 0x1p-24f;
  }

  /** A number from the least to below the most. */
  float between(float least, float most) {
    return least + (most - least) * part();
  }

  /** A whole number from 0 to below the bound. */
  int below(int bound) {
    return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
  }

  boolean even() {
    return random.nextLong() < 0;
  }
}
