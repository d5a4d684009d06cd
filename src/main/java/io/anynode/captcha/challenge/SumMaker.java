package io.anynode.captcha.challenge;

import java.util.random.RandomGenerator;

/** Asks for a sum that is worked out in the head: two numbers of 2 to 19, added or subtracted. */
public record SumMaker() implements Maker {

  @Override
  public Question make(RandomGenerator random) {
    int a = 2 + random.nextInt(18);
    int b = 2 + random.nextInt(18);
    if (random.nextBoolean()) {
      return question(a + "+" + b, a + b);
    }
    return question(Math.max(a, b) + "-" + Math.min(a, b), Math.abs(a - b));
  }

  @Override
  public String kind() {
    return "sum";
  }

  private static Question question(String sum, int result) {
    return new Question(sum + "=?", new Answer(Integer.toString(result), true));
  }
}
