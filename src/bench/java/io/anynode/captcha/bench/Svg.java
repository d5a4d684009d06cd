package io.anynode.captcha.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plots as SVG, each with its figures in words for those who do not see it. */
final class Svg {

  private static final int WIDTH = 420;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 20;
  private static final int TOP = 16;
  private static final int FLOOR = 190;
  private static final int HEIGHT = 240;
  private static final int STEPS = 4;
  private static final int BAR = 22;
  private static final int NAMES = 200;

  private Svg() {}

  /** Lines over a scale from left to right. */
  static String lines(Sheet.Plot plot, String id) {
    double most = Scale.above(all(plot).mapToDouble(point -> point[1]).max().orElse(1), STEPS);
    StringBuilder shapes = new StringBuilder();
    for (int step = 0; step <= STEPS; step++) {
      double value = most * step / STEPS;
      double y = FLOOR - (FLOOR - TOP) * step / (double) STEPS;
      line(shapes, step == 0 ? "axis" : "grid", LEFT, y, RIGHT, y);
      words(shapes, LEFT - 6, y + 4, "end", Goal.number(value));
    }
    all(plot)
        .mapToDouble(point -> point[0])
        .distinct()
        .sorted()
        .forEach(
            x -> words(shapes, x(plot, x), FLOOR + 16, "middle", Goal.number(x)));
    words(shapes, (LEFT + RIGHT) / 2.0, FLOOR + 34, "middle", plot.x());
    StringBuilder description = new StringBuilder();
    for (int i = 0; i < plot.series().size(); i++) {
      Sheet.Series series = plot.series().get(i);
      StringBuilder points = new StringBuilder();
      description.append(series.name()).append(':');
      for (double[] point : series.points()) {
        double y = FLOOR - (FLOOR - TOP) * point[1] / most;
        points.append(format("%.1f,%.1f ", x(plot, point[0]), y));
        shapes.append(
            format("<circle class=\"dot s%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n", i,
                x(plot, point[0]), y));
        description
            .append(' ')
            .append(Goal.number(point[0]))
            .append(" → ")
            .append(Goal.number(point[1]))
            .append(';');
      }
      shapes.append(format("<polyline class=\"line s%d\" points=\"%s\"/>\n", i, points));
      double key = LEFT + 130.0 * i;
      shapes.append(
          format("<circle class=\"dot s%d\" cx=\"%.1f\" cy=\"%d\" r=\"4\"/>\n", i, key + 4,
              HEIGHT - 8));
      words(shapes, key + 14, HEIGHT - 4, "start", series.name());
    }
    return whole(id, plot.title() + ", " + plot.y(), description.toString(), HEIGHT, shapes);
  }

  private static java.util.stream.Stream<double[]> all(Sheet.Plot plot) {
    return plot.series().stream().flatMap(series -> series.points().stream());
  }

  private static double x(Sheet.Plot plot, double value) {
    double least = all(plot).mapToDouble(point -> point[0]).min().orElse(0);
    double most = all(plot).mapToDouble(point -> point[0]).max().orElse(1);
    double at =
        plot.logX()
            ? Math.log(value / least) / Math.log(most / least)
            : (value - least) / (most - least);
    double margin = 14;
    return LEFT + margin + (RIGHT - LEFT - 2 * margin) * (Double.isFinite(at) ? at : 0);
  }

  /** Bars from the left, each with its name and figure. */
  static String bars(Sheet.Bars bars, String id) {
    double most = bars.bars().values().stream().mapToDouble(value -> value).max().orElse(1);
    StringBuilder shapes = new StringBuilder();
    StringBuilder description = new StringBuilder();
    double y = 4;
    for (Map.Entry<String, Double> bar : bars.bars().entrySet()) {
      double wide = (RIGHT - NAMES - 50) * bar.getValue() / most;
      words(shapes, NAMES - 6, y + 13, "end", bar.getKey());
      shapes.append(
          format("<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>\n",
              bar.getKey().startsWith("ours") ? "ours" : "bar", NAMES, y, wide, BAR - 6));
      words(shapes, NAMES + wide + 5, y + 13, "start", Goal.number(bar.getValue()));
      description.append(bar.getKey()).append(' ').append(Goal.number(bar.getValue())).append("; ");
      y += BAR;
    }
    return whole(id, bars.title(), description.toString(), (int) y + 4, shapes);
  }

  private static String whole(
      String id, String title, String description, int height, StringBuilder shapes) {
    return format(
        """
        <svg role="img" aria-labelledby="%1$s-t %1$s-d" viewBox="0 0 %2$d %3$d">
        <title id="%1$s-t">%4$s</title>
        <desc id="%1$s-d">%5$s</desc>
        %6$s</svg>
        """,
        id,
        WIDTH,
        height,
        Page.escaped(title),
        Page.escaped(description),
        shapes);
  }

  private static void line(
      StringBuilder shapes, String kind, double x1, double y1, double x2, double y2) {
    shapes.append(
        format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            kind, x1, y1, x2, y2));
  }

  private static void words(StringBuilder shapes, double x, double y, String anchor, String text) {
    shapes.append(
        format(
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            x, y, anchor, Page.escaped(text)));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** Round numbers for an axis. */
  private static final class Scale {

    private static final List<Double> ROUND = List.of(1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0);

    /** The least number not below this one whose parts are round. */
    static double above(double most, int parts) {
      double power = Math.pow(10, Math.floor(Math.log10(most / parts)));
      return ROUND.stream()
              .map(round -> round * power)
              .filter(step -> step * parts >= most)
              .findFirst()
              .orElse(10 * power)
          * parts;
    }
  }
}
