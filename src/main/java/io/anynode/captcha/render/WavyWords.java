package io.anynode.captcha.render;

import cn.apiclub.captcha.text.renderer.WordRenderer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a word, each character in a face, size and turn of its own and a little over the one
 * before, bent by a wave, and fitted into the image so that nothing is cut off at its edge.
 *
 * <p>All lengths are in heights of a capital until the word is fitted, so that a small picture is
 * as hard as a large one. {@link StrictMath} rather than {@link Math}, whose last bit may differ
 * from one processor to the next, and with it the picture from node to node.
 */
final class WavyWords implements WordRenderer {

  private static final String SIGNS = "+-=?\u00d7\u2212";

  /** In pixels; the outermost stay free for a border and for what smoothing adds. */
  private static final double MARGIN = 2;

  private final List<Face> faces;
  private final Color ink;
  private final SplittableRandom random;

  WavyWords(List<Face> faces, Color ink, SplittableRandom random) {
    this.faces = faces;
    this.ink = ink;
    this.random = random;
  }

  @Override
  public void render(String word, BufferedImage image) {
    Path2D drawing = wave(line(word));
    drawing.transform(fit(drawing.getBounds2D(), image.getWidth(), image.getHeight()));
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(ink);
    graphics.fill(drawing);
    graphics.dispose();
  }

  private Path2D line(String word) {
    Path2D line = new Path2D.Double();
    double end = 0;
    for (int i = 0; i < word.length(); i++) {
      Face.Glyph glyph = faces.get(random.nextInt(faces.size())).glyph(word.charAt(i));
      Path2D turned = new Path2D.Double(glyph.outline(), turn(word.charAt(i), glyph.advance()));
      Rectangle2D bounds = turned.getBounds2D();
      double overlap = random.nextDouble(-0.04, 0.07);
      if (bounds.isEmpty()) {
        end += glyph.advance();
      } else {
        double shift = end - bounds.getMinX() - overlap;
        line.append(turned.getPathIterator(AffineTransform.getTranslateInstance(shift, 0)), false);
        end = shift + bounds.getMaxX();
      }
    }
    return line;
  }

  /** About the middle of the character. A plus turned much would be a times. */
  private AffineTransform turn(char character, double advance) {
    double most = SIGNS.indexOf(character) < 0 ? 20 : 7;
    double angle = StrictMath.toRadians(random.nextDouble(-most, most));
    double size =
        Character.isLowerCase(character)
            ? random.nextDouble(1, 1.25)
            : random.nextDouble(0.85, 1.1);
    double cos = size * StrictMath.cos(angle);
    double sin = size * StrictMath.sin(angle);
    AffineTransform turn =
        new AffineTransform(cos, sin, -sin, cos, 0, random.nextDouble(-0.06, 0.06));
    turn.translate(-advance / 2, 0.5);
    return turn;
  }

  private Path2D wave(Path2D line) {
    Wave rise = Wave.any(random, 0.05, 0.11, 1.6, 3.2);
    Wave lean = Wave.any(random, 0.03, 0.07, 1.2, 2.4);
    Path2D bent = new Path2D.Double();
    double[] to = new double[6];
    for (PathIterator i = line.getPathIterator(null); !i.isDone(); i.next()) {
      int segment = i.currentSegment(to);
      double x = to[0] + lean.at(to[1]);
      double y = to[1] + rise.at(to[0]);
      switch (segment) {
        case PathIterator.SEG_MOVETO -> bent.moveTo(x, y);
        case PathIterator.SEG_LINETO -> bent.lineTo(x, y);
        default -> bent.closePath();
      }
    }
    return bent;
  }

  /** As large as fits, stretched by at most a half to fill the image, and somewhere within it. */
  private AffineTransform fit(Rectangle2D bounds, int width, int height) {
    double roomX = width - 2 * MARGIN;
    double roomY = height - 2 * MARGIN;
    // A lone minus is not to fill the picture.
    double scaleX = roomX / Math.max(bounds.getWidth(), 1);
    double scaleY = roomY / Math.max(bounds.getHeight(), 1.2);
    scaleX = Math.min(scaleX, scaleY * 1.2);
    scaleY = Math.min(scaleY, scaleX * 1.5);
    double x = MARGIN + random.nextDouble() * (roomX - bounds.getWidth() * scaleX);
    double y = MARGIN + random.nextDouble() * (roomY - bounds.getHeight() * scaleY);
    return new AffineTransform(
        scaleX, 0, 0, scaleY, x - bounds.getMinX() * scaleX, y - bounds.getMinY() * scaleY);
  }

  /** How far a point is moved, for its place across the wave. */
  private record Wave(double size, double length, double phase) {

    static Wave any(
        SplittableRandom random, double least, double most, double shortest, double longest) {
      return new Wave(
          random.nextDouble(least, most),
          random.nextDouble(shortest, longest),
          random.nextDouble(2 * Math.PI));
    }

    double at(double place) {
      return size * StrictMath.sin(2 * Math.PI * place / length + phase);
    }
  }
}
