package io.anynode.captcha.render;

import cn.apiclub.captcha.text.renderer.WordRenderer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a word, each character in a face, weight, size, slant and turn of its own, some hollow,
 * reaching into the one before, bent by waves, and fitted into the image so that nothing is cut off
 * at its edge. Where two characters overlap, the ink inverts, so that both can be followed.
 *
 * <p>All lengths are in heights of a capital until the word is fitted, so that a small picture is
 * as hard as a large one.
 */
final class WavyWords implements WordRenderer {

  private static final String SIGNS = "+-=?\u00d7\u2212";

  /** In pixels; the outermost stay free for a border and for what smoothing adds. */
  private static final float MARGIN = 2;

  /** The rows in which neighbours are moved together, and how high each is. */
  private static final int ROWS = 14;

  private static final float ROW = 0.15f;

  /** How thick the line around a hollow character is. */
  private static final float HOLLOW = 0.06f;

  private final List<Face> faces;
  private final Ink ink;
  private final Style style;
  private final Chance chance;
  private float begin;
  private float end;

  WavyWords(List<Face> faces, Ink ink, Style style, Chance chance) {
    this.faces = faces;
    this.ink = ink;
    this.style = style;
    this.chance = chance;
  }

  @Override
  public void render(String word, BufferedImage image) {
    Written written = write(word, image.getWidth(), image.getHeight());
    int from = 0;
    for (int end : written.ends()) {
      if (end > from) {
        ink.invert(written.line(), from, end);
      }
      from = end;
    }
  }

  /** Where the last word begins, in pixels; spaces alone fill the picture. */
  float begin() {
    return begin;
  }

  /** Where the last word ends, in pixels. */
  float end() {
    return end;
  }

  /**
   * A word in its place.
   *
   * @param line its contours, one character after the other
   * @param ends for each character the contour behind its last one
   */
  record Written(Contours line, List<Integer> ends) {}

  Written write(String word, int width, int height) {
    Contours line = new Contours(100 * word.length());
    List<Integer> ends = new ArrayList<>(word.length());
    Edge edge = new Edge();
    for (int i = 0; i < word.length(); i++) {
      add(word.charAt(i), line, edge);
      ends.add(line.size());
    }
    wave(line);
    fit(line, width, height);
    return new Written(line, ends);
  }

  /** About the middle of the character; small ones are drawn larger, so that an arc spares them. */
  private void add(char character, Contours line, Edge edge) {
    Glyph glyph = faces.get(chance.below(faces.size())).glyph(character);
    boolean sign = SIGNS.indexOf(character) >= 0;
    // A plus turned further would be a times.
    float turn = sign ? Math.min(7, style.turn()) : style.turn();
    double angle = StrictMath.toRadians(chance.between(-turn, turn));
    float size = sign ? 1.3f : Character.isLowerCase(character) ? 1.15f : 1;
    size *= 1 - chance.part() * style.smaller();
    float wide = size * (1 + chance.between(-style.width(), style.width()));
    float high = size * chance.between(0.9f, 1.1f);
    float slant = sign ? 0 : chance.between(-style.slant(), style.slant());
    float taperX = chance.between(-style.taper(), style.taper());
    float taperY = chance.between(-style.taper(), style.taper());
    float bolder = chance.between(-0.006f, 0.022f);
    float lift = chance.between(-0.08f, 0.08f);
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    int firstPoint = line.points();
    int firstContour = line.size();
    // A hollow one is what is between its outline and that of a bolder one.
    int outlines = chance.part() < style.hollow() ? 2 : 1;
    Contours outline = glyph.outline();
    for (int i = 0; i < outlines; i++, bolder += HOLLOW) {
      for (int contour = 0; contour < outline.size(); contour++) {
        for (int point = outline.start(contour); point < outline.end(contour); point++) {
          float fromX = (glyph.x(point, bolder) - glyph.advance() / 2) * wide;
          float fromY = (glyph.y(point, bolder) + 0.5f) * high;
          float x = fromX * (1 + taperX * fromY) - slant * fromY;
          float y = fromY * (1 + taperY * fromX);
          line.point(cos * x - sin * y, sin * x + cos * y + lift);
        }
        line.close();
      }
    }
    float overlap = chance.between(style.leastOverlap(), style.mostOverlap());
    if (outline.points() == 0) {
      edge.space(glyph.advance());
    } else {
      edge.append(line, firstPoint, firstContour, overlap);
    }
  }

  private void wave(Contours line) {
    Wave rise = Wave.any(chance, 0.10f * style.wave(), 1.6f, 3.4f);
    Wave rise2 = Wave.any(chance, 0.04f * style.wave(), 0.7f, 1.2f);
    Wave lean = Wave.any(chance, 0.07f * style.wave(), 1.2f, 2.4f);
    Wave lean2 = Wave.any(chance, 0.05f * style.wave(), 0.9f, 1.6f);
    for (int i = 0; i < line.points(); i++) {
      float x = line.x(i);
      float y = line.y(i);
      line.move(i, x + lean.at(y) + lean2.at(x + y), y + rise.at(x) + rise2.at(x - y));
    }
  }

  /** As large as fits, stretched by at most a half to fill the image, and somewhere within it. */
  private void fit(Contours line, int width, int height) {
    if (line.points() == 0) {
      begin = 0;
      end = width;
      return;
    }
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (int i = 0; i < line.points(); i++) {
      left = Math.min(left, line.x(i));
      right = Math.max(right, line.x(i));
      top = Math.min(top, line.y(i));
      bottom = Math.max(bottom, line.y(i));
    }
    float roomX = width - 2 * MARGIN;
    float roomY = height - 2 * MARGIN;
    // A lone minus is not to fill the picture.
    float scaleX = roomX / Math.max(right - left, 1);
    float scaleY = roomY / Math.max(bottom - top, 1.2f);
    scaleX = Math.min(scaleX, scaleY * 1.2f);
    scaleY = Math.min(scaleY, scaleX * 1.5f);
    float x = MARGIN + chance.part() * (roomX - (right - left) * scaleX) - left * scaleX;
    float y = MARGIN + chance.part() * (roomY - (bottom - top) * scaleY) - top * scaleY;
    for (int i = 0; i < line.points(); i++) {
      line.move(i, line.x(i) * scaleX + x, line.y(i) * scaleY + y);
    }
    begin = left * scaleX + x;
    end = right * scaleX + x;
  }

  /** The right edge of what is written, row by row. */
  private static final class Edge {

    private static final float NOTHING = -1e6f;
    private static final float DEEPEST = 0.3f;

    private final float[] right = new float[ROWS];
    private final float[] lefts = new float[ROWS];
    private final float[] rights = new float[ROWS];
    private float end;

    Edge() {
      Arrays.fill(right, NOTHING);
    }

    void space(float wide) {
      end += wide;
      Arrays.fill(right, end);
    }

    /** Moves the contours from the first on so that they reach so far into what stands there. */
    void append(Contours line, int firstPoint, int firstContour, float overlap) {
      Arrays.fill(lefts, -NOTHING);
      Arrays.fill(rights, NOTHING);
      float left = -NOTHING;
      for (int contour = firstContour; contour < line.size(); contour++) {
        int before = line.end(contour) - 1;
        for (int i = line.start(contour); i < line.end(contour); before = i++) {
          float least = Math.min(line.x(before), line.x(i));
          float most = Math.max(line.x(before), line.x(i));
          int to = row(Math.max(line.y(before), line.y(i)));
          for (int row = row(Math.min(line.y(before), line.y(i))); row <= to; row++) {
            lefts[row] = Math.min(lefts[row], least);
            rights[row] = Math.max(rights[row], most);
          }
          left = Math.min(left, least);
        }
      }
      // However well they would fit into each other, none gets below the one before.
      float shift = end == 0 ? -left : end - DEEPEST - left;
      for (int row = 0; row < ROWS; row++) {
        shift = Math.max(shift, right[row] - lefts[row] - overlap);
      }
      for (int i = firstPoint; i < line.points(); i++) {
        line.move(i, line.x(i) + shift, line.y(i));
      }
      for (int row = 0; row < ROWS; row++) {
        if (rights[row] > NOTHING) {
          right[row] = rights[row] + shift;
          end = Math.max(end, right[row]);
        }
      }
    }

    /** The middle of a character is at 0. */
    private static int row(float y) {
      return Math.max(0, Math.min(ROWS - 1, (int) ((y + ROWS * ROW / 2) / ROW)));
    }
  }
}
