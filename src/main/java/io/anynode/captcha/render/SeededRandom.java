package io.anynode.captcha.render;

import java.util.SplittableRandom;

/** Where everything random in a picture or a sound comes from. */
final class SeededRandom {

  private SeededRandom() {}

  /** The text takes part, so that one seed given twice does not show two texts in one disguise. */
  static SplittableRandom of(String text, long seed) {
    long mixed = seed;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 32;
    }
    return new SplittableRandom(mixed);
  }
}
