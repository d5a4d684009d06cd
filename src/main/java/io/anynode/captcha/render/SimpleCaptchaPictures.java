package io.anynode.captcha.render;

import cn.apiclub.captcha.Captcha;
import cn.apiclub.captcha.backgrounds.BackgroundProducer;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pictures by simplecaptcha, through its own producer interfaces, with producers of ours: a face,
 * size and turn for each character, a wave through all of them, and arcs that invert what they
 * cross, in one grey on a lighter one.
 *
 * <p>It needs neither fonts nor a display. The parts of simplecaptcha and of the JDK that need them
 * (its renderers, {@link java.awt.Font}) are never reached.
 */
public final class SimpleCaptchaPictures implements Pictures {

  private static final int LONGEST_TEXT = 16;

  private final int width;
  private final int height;
  private final Format format;
  private final List<Face> faces;

  /** Pictures in PNG, otherwise as below. */
  public SimpleCaptchaPictures(int width, int height) {
    this(width, height, Format.PNG);
  }

  /**
   * Reads the glyphs and draws a picture, so that a Java that cannot draw is found at the start.
   *
   * @param width of each picture, in pixels, 80 to 800
   * @param height of each picture, in pixels, 24 to 300
   * @param format of each file
   * @throws IllegalArgumentException if the width or height is out of its range
   * @throws IllegalStateException if this Java cannot draw; the message says what to change
   */
  public SimpleCaptchaPictures(int width, int height, Format format) {
    this.format = format;
    this.width = within(width, 80, 800, "width");
    this.height = within(height, 24, 300, "height");
    this.faces =
        List.of(Face.read("sans"), Face.read("serif"), Face.read("round"), Face.read("slab"));
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
    return faces.stream().allMatch(face -> face.has(character));
  }

  @Override
  public byte[] draw(String text, long seed) {
    check(text);
    SplittableRandom random = SeededRandom.of(text, seed);
    int paper = random.nextInt(228, 250);
    int ink = random.nextInt(15, 75);
    BufferedImage picture =
        new Captcha.Builder(width, height)
            .addBackground(paper(paper))
            .addText(() -> text, new WavyWords(faces, new Color(ink, ink, ink), random))
            .addNoise(new InvertingArcs(new Color(ink, ink, ink), random))
            .build()
            .getImage();
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

  /** Grey of 8 bits: simplecaptcha lays the drawing over whatever image this answers with. */
  private static BackgroundProducer paper(int level) {
    return new BackgroundProducer() {
      @Override
      public BufferedImage addBackground(BufferedImage image) {
        return getBackground(image.getWidth(), image.getHeight());
      }

      @Override
      public BufferedImage getBackground(int width, int height) {
        BufferedImage paper = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(GreyPng.pixels(paper), (byte) level);
        return paper;
      }
    };
  }

  private static int within(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "a picture's %s is %d to %d pixels, not %d".formatted(what, least, most, value));
    }
    return value;
  }
}
