package io.anynode.captcha.render;

import cn.apiclub.captcha.backgrounds.BackgroundProducer;
import cn.apiclub.captcha.noise.NoiseProducer;
import cn.apiclub.captcha.text.producer.TextProducer;
import java.awt.AWTError;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;

/**
 * Pictures through simplecaptcha's producer interfaces, with producers of ours: a face, a size and
 * a turn for each character, waves through all of them, and a ground and arcs that invert what they
 * cross, in black and white. They put their shapes into one ink, one after the other, which dries
 * in a grey image once all are in: simplecaptcha's own builder has them draw in a transparent one
 * of four times the size, which it then lays over the background, and that takes longer.
 *
 * <p>It needs neither fonts nor a display. The parts of simplecaptcha and of the JDK that need them
 * (its renderers, {@link java.awt.Font}) are never reached.
 */
public final class SimpleCaptchaPictures implements Pictures {

  private static final int LONGEST_TEXT = 16;

  /** The names of the faces. */
  static final List<String> FACES =
      List.of("sans", "serif", "round", "slab", "black", "narrow", "hand");

  private final int width;
  private final int height;
  private final Format format;
  private final Style style;
  private final List<Face> faces;

  /** What each face has. */
  private final BitSet drawable;

  /** Pictures in PNG, otherwise as below. */
  public SimpleCaptchaPictures(int width, int height) {
    this(width, height, Format.PNG, PictureDifficulty.MEDIUM);
  }

  /**
   * Reads the glyphs and draws a picture, so that a Java that cannot draw is found at the start.
   *
   * @param width of each picture, in pixels, 80 to 800
   * @param height of each picture, in pixels, 24 to 300
   * @param format of each file
   * @param difficulty of each picture
   * @throws IllegalArgumentException if the width or height is out of its range
   * @throws IllegalStateException if this Java cannot draw; the message says what to change
   */
  public SimpleCaptchaPictures(int width, int height, Format format, PictureDifficulty difficulty) {
    this.style = difficulty.style();
    this.format = format;
    this.width = within(width, 80, 800, "width");
    this.height = within(height, 24, 300, "height");
    this.faces = FACES.stream().map(Face::read).toList();
    this.drawable = faces.get(0).characters();
    faces.forEach(face -> drawable.and(face.characters()));
    try {
      draw("A", 0);
    } catch (AWTError | LinkageError e) {
      // Above all a DISPLAY of "ssh -X" that has gone since: AWT connects to it at the first
      // stroke.
      throw new IllegalStateException(
          "this Java cannot draw: start it with -Djava.awt.headless=true (or without DISPLAY), and"
              + " with the module java.desktop",
          e);
    }
  }

  @Override
  public boolean canDraw(char character) {
    return drawable.get(character);
  }

  @Override
  public byte[] draw(String text, long seed) {
    check(text);
    Chance chance = new Chance(text, seed);
    Ink ink = new Ink(width, height);
    TextProducer shown = () -> text;
    WavyWords words = new WavyWords(faces, ink, style, chance);
    NoiseProducer noise = new InvertingArcs(ink, style, words, chance);
    BufferedImage picture = new Paper().getBackground(width, height);
    words.render(shown.getText(), picture);
    noise.makeNoise(picture);
    ink.dry(picture);
    return format.encode(picture);
  }

  private void check(String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a picture shows 1 to %d characters, not %d".formatted(LONGEST_TEXT, text.length()));
    }
    for (int i = 0; i < text.length(); i++) {
      if (!canDraw(text.charAt(i))) {
        throw new IllegalArgumentException("no glyph for the character at position " + i);
      }
    }
  }

  /** Grey of 8 bits, not filled with white: ink that dries writes all of it. */
  private static final class Paper implements BackgroundProducer {

    @Override
    public BufferedImage addBackground(BufferedImage image) {
      return getBackground(image.getWidth(), image.getHeight());
    }

    @Override
    public BufferedImage getBackground(int width, int height) {
      return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    }
  }

  private static int within(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "a picture's %s is %d to %d pixels, not %d".formatted(what, least, most, value));
    }
    return value;
  }
}
