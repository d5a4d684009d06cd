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

  /** What it asks for, in a word: {@code text}, {@code sum}. */
  default String kind() {
    return "text";
  }

  /** How many answers there are, all as likely as any other; 1 if that is not known. */
  default double answers() {
    return 1;
  }
}
