package io.anynode.captcha.server.lab;

import java.util.Locale;

/**
 * A picture of lines, bars and words, with a title and a description for those who do not see it.
 */
final class Svg {

  private final StringBuilder shapes = new StringBuilder();
  private final String id;
  private final String title;
  private final String description;
  private final int width;
  private final int height;

  /**
   * An empty picture.
   *
   * @param id is on its page once
   */
  Svg(String id, String title, String description, int width, int height) {
    this.id = id;
    this.title = title;
    this.description = description;
    this.width = width;
    this.height = height;
  }

  Svg bar(String kind, double x, double y, double wide, double high) {
    return add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        kind, x, y, Math.max(0, wide), Math.max(0, high));
  }

  Svg line(String kind, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        kind, x1, y1, x2, y2);
  }

  /**
   * Lines through points.
   *
   * @param points {@code x,y x,y …}
   */
  Svg path(String kind, String points) {
    return add("<polyline class=\"%s\" points=\"%s\"/>", kind, points);
  }

  /**
   * Words.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Svg words(double x, double y, String anchor, String words) {
    return add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(words));
  }

  private Svg add(String format, Object... arguments) {
    shapes.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        <svg role="img" aria-labelledby="%1$s-t %1$s-d" viewBox="0 0 %2$d %3$d">
        <title id="%1$s-t">%4$s</title>
        <desc id="%1$s-d">%5$s</desc>
        %6$s</svg>
        """,
        id,
        width,
        height,
        escaped(title),
        escaped(description),
        shapes);
  }

  /** Text for HTML and SVG. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
