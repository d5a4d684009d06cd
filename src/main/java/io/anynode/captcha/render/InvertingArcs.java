package io.anynode.captcha.render;

import cn.apiclub.captcha.noise.NoiseProducer;
import java.awt.image.BufferedImage;

/**
 * A ground that makes one part of the image white on black, and arcs across it, each of which
 * inverts what it crosses. People read on through the change of colour; for a machine, strokes
 * break and join there. No other noise measured costs it as much, and the ground costs people less
 * than arcs do.
 */
final class InvertingArcs implements NoiseProducer {

  private static final int POINTS = 20;

  /** In pixels, as for the word. */
  private static final float MARGIN = 2;

  private final Ink ink;
  private final Style style;
  private final WavyWords words;
  private final Chance chance;

  /**
   * Noise for one picture.
   *
   * @param words have written before the noise is made
   */
  InvertingArcs(Ink ink, Style style, WavyWords words, Chance chance) {
    this.ink = ink;
    this.style = style;
    this.words = words;
    this.chance = chance;
  }

  @Override
  public void makeNoise(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Contours drawing = new Contours(4 * POINTS);
    if (style.ground()) {
      ground(drawing, width, height);
      ink.invert(drawing, drawing.size() - 1, drawing.size());
    }
    if (style.sides() > 0) {
      int first = drawing.size();
      bands(drawing, width, height);
      ink.invert(drawing, first, drawing.size());
    }
    // Side by side: where two run together, a 2 can become an 8.
    float share = (float) width / style.arcs();
    for (int i = 0; i < style.arcs(); i++) {
      float centre = share * (i + chance.between(0.35f, 0.65f));
      float half = share * chance.between(0.45f, 0.65f);
      arc(drawing, centre - half, centre + half, width, height);
      ink.invert(drawing, drawing.size() - 1, drawing.size());
    }
  }

  /** All that is below a wavy line across the picture, or all that is above it. */
  private void ground(Contours drawing, int width, int height) {
    float middle = height * chance.between(0.42f, 0.58f);
    float slope = height * chance.between(-0.3f, 0.3f);
    float wave = height * chance.between(0.06f, 0.14f);
    float often = chance.between(0.8f, 2);
    float phase = chance.part();
    for (int i = 0; i < POINTS; i++) {
      float t = i / (POINTS - 1f);
      drawing.point(
          MARGIN + t * (width - 2 * MARGIN),
          middle + slope * (t - 0.5f) + wave * Wave.of(t * often + phase));
    }
    float edge = chance.even() ? MARGIN : height - MARGIN;
    drawing.point(width - MARGIN, edge);
    drawing.point(MARGIN, edge);
    drawing.close();
  }

  /**
   * Every other part of those into which wavy lines from top to bottom divide the picture. The
   * lines cross the word, wherever it is: beside it they would cost a machine nothing. About a
   * short one they have as much room as three characters need.
   */
  private void bands(Contours drawing, int width, int height) {
    boolean within = chance.even();
    if (within) {
      edge(drawing, MARGIN, height - MARGIN, MARGIN);
    }
    float middle = (words.begin() + words.end()) / 2;
    float half = Math.max(words.end() - words.begin(), 2f * height) / 2;
    float share = 2 * half / style.sides();
    for (int i = 0; i < style.sides(); i++) {
      side(drawing, middle - half + share * (i + chance.part()), within, width, height);
      if (within) {
        drawing.close();
      }
      within = !within;
    }
    if (within) {
      edge(drawing, MARGIN, height - MARGIN, width - MARGIN);
      drawing.close();
    }
  }

  /** The picture's own edge instead of a line. */
  private static void edge(Contours drawing, float top, float bottom, float x) {
    boolean right = x > MARGIN;
    drawing.point(x, right ? top : bottom);
    drawing.point(x, right ? bottom : top);
  }

  /** One of the lines: a band goes up on its left and down on its right. */
  private void side(Contours drawing, float middle, boolean down, int width, int height) {
    float slope = height * chance.between(-0.5f, 0.5f);
    float wave = height * chance.between(0.06f, 0.12f);
    float often = chance.between(0.6f, 1.2f);
    float phase = chance.part();
    for (int i = 0; i < POINTS; i++) {
      float t = (down ? i : POINTS - 1 - i) / (POINTS - 1f);
      float x = middle + slope * (t - 0.5f) + wave * Wave.of(t * often + phase);
      drawing.point(
          Math.max(MARGIN, Math.min(width - MARGIN, x)), MARGIN + t * (height - 2 * MARGIN));
    }
  }

  /** A quadratic curve from left to right, as the outline of a band. */
  private void arc(Contours drawing, float left, float right, int width, int height) {
    float half = height * style.arc() * chance.between(0.7f, 1.3f);
    float edge = MARGIN + half;
    // The curve stays within the triangle of these points, and so the band within the margin.
    float x0 = Math.max(left, edge);
    float x2 = Math.min(right, width - edge);
    float x1 = x0 + (x2 - x0) * chance.between(0.3f, 0.7f);
    float top = chance.between(edge, height * 0.35f);
    float bottom = chance.between(height * 0.65f, height - edge);
    float y0 = chance.even() ? top : bottom;
    float y1 = chance.between(edge, height - edge);
    float y2 = top + bottom - y0;
    for (int i = 0; i < 2 * POINTS; i++) {
      // There along one side and back along the other.
      float t = (i < POINTS ? i : 2 * POINTS - 1 - i) / (POINTS - 1f);
      float u = 1 - t;
      float alongX = u * (x1 - x0) + t * (x2 - x1);
      float alongY = u * (y1 - y0) + t * (y2 - y1);
      float across =
          (i < POINTS ? half : -half) / (float) Math.sqrt(alongX * alongX + alongY * alongY);
      drawing.point(
          u * u * x0 + 2 * u * t * x1 + t * t * x2 - alongY * across,
          u * u * y0 + 2 * u * t * y1 + t * t * y2 + alongX * across);
    }
    drawing.close();
  }
}
