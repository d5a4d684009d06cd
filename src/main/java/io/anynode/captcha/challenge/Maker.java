package io.anynode.captcha.challenge;

import java.util.random.RandomGenerator;

/** Thinks of questions. Safe for use by many threads if the source of randomness is. */
@FunctionalInterface
public interface Maker {

  /**
   * Thinks of one question.
   *
   * @param random a source that cannot be foreseen
   */
  Question make(RandomGenerator random);
}
