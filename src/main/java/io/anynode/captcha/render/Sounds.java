package io.anynode.captcha.render;

/**
 * Speaks the text of a challenge. The same text and seed give the same bytes, on every node that
 * runs the same version. Safe for use by many threads.
 */
public interface Sounds {

  /**
   * Speaks one challenge.
   *
   * @param text what is shown in the picture, 1 to 16 characters, for which {@link #canSpeak} holds
   * @param seed what everything random in the sound comes from
   * @return a WAV file
   * @throws IllegalArgumentException if there is no clip for a part of the text; the message tells
   *     nothing of it
   */
  byte[] speak(String text, long seed);

  /**
   * Tells whether each part of a text can be spoken.
   *
   * @param text characters, or a sum that ends with {@code =?}
   */
  boolean canSpeak(String text);
}
