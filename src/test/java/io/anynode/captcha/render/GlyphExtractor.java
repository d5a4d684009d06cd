package io.anynode.captcha.render;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a face's {@code glyphs-*.txt} from a font file. Run it by hand, where Java finds a
 * fontconfig, when a face is added or changed:
 *
 * <pre>java src/test/java/io/anynode/captcha/render/GlyphExtractor.java Some-Bold.ttf \
 *     src/main/resources/io/anynode/captcha/render/glyphs-some.txt "Copyright …"</pre>
 *
 * The licence has to allow it, and goes into META-INF/licenses.
 */
final class GlyphExtractor {

  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-=? \u00d7\u2212";

  private static final double CAPITAL = 700;

  private GlyphExtractor() {}

  public static void main(String[] arguments) throws Exception {
    Font font = Font.createFont(Font.TRUETYPE_FONT, new File(arguments[0])).deriveFont(1000f);
    double scale = CAPITAL / outline(font, "H").getVisualBounds().getHeight();
    List<String> lines = new ArrayList<>();
    lines.add("# Outlines under the SIL Open Font License 1.1, see META-INF/licenses.");
    lines.add("# " + arguments[2]);
    lines.add(
        "# One glyph a line: code point, advance, path; a capital is 700 high, y grows down.");
    for (int i = 0; i < CHARACTERS.length(); i++) {
      char character = CHARACTERS.charAt(i);
      // Some text fonts leave the minus sign to a font for mathematics.
      char drawn = character == '\u2212' && !font.canDisplay(character) ? '\u2013' : character;
      if (!font.canDisplay(drawn)) {
        throw new IllegalArgumentException("no glyph for U+%04X".formatted((int) drawn));
      }
      lines.add(line(outline(font, String.valueOf(drawn)), character, scale));
    }
    Files.write(Path.of(arguments[1]), lines);
  }

  private static GlyphVector outline(Font font, String text) {
    return font.createGlyphVector(new FontRenderContext(null, true, true), text);
  }

  private static String line(GlyphVector glyph, char character, double scale) {
    StringBuilder line = new StringBuilder();
    line.append("%04X ".formatted((int) character));
    line.append(Math.round(glyph.getGlyphMetrics(0).getAdvanceX() * scale));
    double[] points = new double[6];
    PathIterator path =
        glyph.getOutline().getPathIterator(AffineTransform.getScaleInstance(scale, scale));
    for (; !path.isDone(); path.next()) {
      int type = path.currentSegment(points);
      line.append(' ').append("MLQCZ".charAt(type));
      for (int i = 0; i < new int[] {2, 2, 4, 6, 0}[type]; i++) {
        line.append(' ').append(Math.round(points[i]));
      }
    }
    return line.toString();
  }
}
