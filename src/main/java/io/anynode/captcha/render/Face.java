package io.anynode.captcha.render;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The outlines of one face, from a text resource that {@code GlyphExtractor} wrote. They stand in
 * for a {@link java.awt.Font}, which needs a fontconfig and libraries that slim containers lack.
 */
final class Face {

  /** The resource's units in the height of a capital, which is what a glyph is measured in. */
  private static final double UNITS = 700;

  private static final double FLATNESS = 6 / UNITS;

  /** No line is longer, so that a wave bends a straight stem too. */
  private static final double LONGEST_LINE = 0.22;

  private final Map<Character, Glyph> glyphs = new HashMap<>();

  private Face() {}

  /** Reads the resource {@code glyphs-<name>.txt}. */
  static Face read(String name) {
    Face face = new Face();
    String resource = "glyphs-" + name + ".txt";
    try (InputStream in = Face.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource + " is missing beside " + Face.class.getName());
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          face.add(new StringTokenizer(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return face;
  }

  /** All that it has a glyph of; a copy. */
  BitSet characters() {
    BitSet characters = new BitSet();
    glyphs.keySet().forEach(characters::set);
    return characters;
  }

  /** The glyph of one of its {@link #characters}. */
  Glyph glyph(char character) {
    Glyph glyph = glyphs.get(character);
    if (glyph == null) {
      throw new IllegalArgumentException("no glyph for a character");
    }
    return glyph;
  }

  private void add(StringTokenizer words) {
    char character = (char) Integer.parseInt(words.nextToken(), 16);
    double advance = number(words);
    Path2D curves = new Path2D.Double();
    while (words.hasMoreTokens()) {
      String command = words.nextToken();
      switch (command) {
        case "M" -> curves.moveTo(number(words), number(words));
        case "L" -> curves.lineTo(number(words), number(words));
        case "Q" -> curves.quadTo(number(words), number(words), number(words), number(words));
        case "C" ->
            curves.curveTo(
                number(words),
                number(words),
                number(words),
                number(words),
                number(words),
                number(words));
        case "Z" -> curves.closePath();
        default -> throw new IllegalStateException("unknown path command " + command);
      }
    }
    glyphs.put(character, new Glyph((float) advance, shortLines(curves)));
  }

  private static double number(StringTokenizer words) {
    return Integer.parseInt(words.nextToken()) / UNITS;
  }

  private static Contours shortLines(Path2D curves) {
    Contours lines = new Contours(128);
    double[] to = new double[6];
    double startX = 0;
    double startY = 0;
    double x = 0;
    double y = 0;
    for (PathIterator i = curves.getPathIterator(null, FLATNESS); !i.isDone(); i.next()) {
      int segment = i.currentSegment(to);
      if (segment == PathIterator.SEG_MOVETO) {
        startX = to[0];
        startY = to[1];
      } else if (segment == PathIterator.SEG_LINETO) {
        line(lines, x, y, to[0], to[1]);
      } else {
        line(lines, x, y, startX, startY);
        lines.close();
        to[0] = startX;
        to[1] = startY;
      }
      x = to[0];
      y = to[1];
    }
    return lines;
  }

  private static void line(Contours lines, double x, double y, double toX, double toY) {
    double length = Math.max(Math.abs(toX - x), Math.abs(toY - y));
    int pieces = (int) Math.ceil(length / LONGEST_LINE);
    for (int piece = 1; piece <= pieces; piece++) {
      double part = (double) piece / pieces;
      lines.point((float) (x + (toX - x) * part), (float) (y + (toY - y) * part));
    }
  }
}
