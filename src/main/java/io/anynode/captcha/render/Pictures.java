package io.anynode.captcha.render;

/**
 * Draws the text of a challenge. The same text and seed give the same bytes, on every node that
 * runs the same version. Safe for use by many threads.
 */
public interface Pictures {

  /**
   * Draws one picture.
   *
   * @param text what is shown, 1 to 16 characters, each of which {@link #canDraw} knows
   * @param seed what everything random in the picture comes from
   * @return a file of the format that these pictures have
   * @throws IllegalArgumentException if a character cannot be drawn; the message names its code
   *     point's position, not the text
   */
  byte[] draw(String text, long seed);

  /**
   * Tells whether there is a glyph.
   *
   * @param character a character
   */
  boolean canDraw(char character);
}
