package io.anynode.captcha.challenge;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Asks for nothing that could be typed: only {@link Work} answers it. Its answer is 128 random bits
 * that nobody is shown.
 */
public record WorkMaker() implements Maker {

  private static final int BYTES = 16;

  @Override
  public Question make(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Question("", new Answer(HexFormat.of().formatHex(bytes), true));
  }

  @Override
  public String kind() {
    return "work";
  }

  @Override
  public double answers() {
    return Math.pow(2, Byte.SIZE * BYTES);
  }
}
