package io.anynode.captcha.server.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The report's pictures: one for each row and question, all of a kind on one scale. */
final class Plots {

  private static final int WIDTH = 320;
  private static final int LEFT = 74;
  private static final int RIGHT = WIDTH - 44;
  private static final int BINS = 36;
  private static final double LEAST_MILLIS = 0.5;
  private static final double MOST_MILLIS = 2_000;
  private static final long CRASH_FROM = -700;
  private static final long CRASH_TO = 1_500;
  private static final long CRASH_BIN = 100;

  private Plots() {}

  /** The requests that each worker answered, as bars from the left; the mean is a line. */
  static Svg load(RowResult result, String id) {
    Map<String, Long> requests = result.requests();
    long most = requests.values().stream().mapToLong(Long::longValue).max().orElse(1);
    double mean = requests.values().stream().mapToLong(Long::longValue).average().orElse(0);
    int height = 20 * requests.size() + 12;
    Svg svg =
        new Svg(
            id,
            "Requests on each worker, row " + result.row().id(),
            words(requests),
            WIDTH,
            height);
    double scale = (RIGHT - LEFT) / (double) Math.max(1, most);
    double y = 4;
    for (Map.Entry<String, Long> worker : requests.entrySet()) {
      svg.words(LEFT - 6, y + 12, "end", worker.getKey())
          .bar("load", LEFT, y, worker.getValue() * scale, 15)
          .words(RIGHT + 4, y + 12, "start", worker.getValue() + "");
      y += 20;
    }
    return svg.line("mean", LEFT + mean * scale, 0, LEFT + mean * scale, height - 8);
  }

  private static String words(Map<String, Long> requests) {
    List<String> each = new ArrayList<>();
    requests.forEach((worker, count) -> each.add(worker + " " + count));
    return String.join(", ", each) + ". The line is the mean.";
  }

  /** How many requests took how long, on a logarithmic scale: to issue above, to verify below. */
  static Svg latency(RowResult result, String id) {
    Svg svg =
        new Svg(
            id,
            "Latency, row " + result.row().id(),
            String.format(
                Locale.ROOT,
                "To issue: median %.1f ms, 99th percentile %.1f ms. To verify: median %.1f ms, 99th"
                    + " percentile %.1f ms.",
                result.millis(Window::issueNanos, 50).median(),
                result.millis(Window::issueNanos, 99).median(),
                result.millis(Window::verifyNanos, 50).median(),
                result.millis(Window::verifyNanos, 99).median()),
            WIDTH,
            128);
    histogram(svg, "issue", all(result, Window::issueNanos), 52);
    histogram(svg, "verify", all(result, Window::verifyNanos), 108);
    for (int millis : new int[] {1, 10, 100, 1_000}) {
      double x = LEFT + (RIGHT - LEFT) * position(millis);
      svg.line("grid", x, 6, x, 108).words(x, 122, "middle", millis + " ms");
    }
    return svg.words(LEFT - 6, 48, "end", "issue").words(LEFT - 6, 104, "end", "verify");
  }

  private static long[] all(RowResult result, Function<Window, long[]> latencies) {
    return result.windows().stream().map(latencies).flatMapToLong(LongStream::of).toArray();
  }

  private static void histogram(Svg svg, String kind, long[] nanos, double floor) {
    long[] bins = new long[BINS];
    for (long one : nanos) {
      int bin = (int) (BINS * position(one / 1e6));
      bins[Math.min(BINS - 1, Math.max(0, bin))]++;
    }
    double most = Math.max(1, LongStream.of(bins).max().orElse(1));
    double wide = (RIGHT - LEFT) / (double) BINS;
    for (int i = 0; i < BINS; i++) {
      double high = 44 * bins[i] / most;
      if (bins[i] > 0) {
        svg.bar(kind, LEFT + i * wide, floor - high, wide - 0.6, high);
      }
    }
    svg.line("axis", LEFT, floor, RIGHT, floor);
  }

  /** Where on the logarithmic scale, 0 to 1. */
  private static double position(double millis) {
    double at = Math.log(millis / LEAST_MILLIS) / Math.log(MOST_MILLIS / LEAST_MILLIS);
    return Math.min(1, Math.max(0, at));
  }

  /** Captchas in each tenth of a second around the kill: accepted upwards, refused downwards. */
  static Svg crash(RowResult result, String id) {
    List<Crash.Event> line = result.crash().line();
    long accepted = line.stream().filter(Crash.Event::accepted).count();
    Svg svg =
        new Svg(
            id,
            "Around the kill of a worker, row " + result.row().id(),
            accepted
                + " captchas accepted and "
                + (line.size() - accepted)
                + " not, from 0.7 s before the kill to 1.5 s after it.",
            WIDTH,
            118);
    int bins = (int) ((CRASH_TO - CRASH_FROM) / CRASH_BIN);
    double wide = (RIGHT - LEFT) / (double) bins;
    long most = 1;
    for (int i = 0; i < bins; i++) {
      most = Math.max(most, Math.max(count(line, i, Crash.Event::accepted), refused(line, i)));
    }
    for (int i = 0; i < bins; i++) {
      double up = 44.0 * count(line, i, Crash.Event::accepted) / most;
      double down = 44.0 * refused(line, i) / most;
      svg.bar("accepted", LEFT + i * wide, 50 - up, wide - 1, up);
      svg.bar("refused", LEFT + i * wide, 51, wide - 1, down);
    }
    double kill = LEFT + (RIGHT - LEFT) * (0.0 - CRASH_FROM) / (CRASH_TO - CRASH_FROM);
    return svg.line("axis", LEFT, 50.5, RIGHT, 50.5)
        .line("kill", kill, 2, kill, 100)
        .words(kill, 114, "middle", "kill -9")
        .words(RIGHT, 114, "end", "+1.5 s")
        .words(LEFT, 114, "start", "-0.7 s")
        .words(LEFT - 6, 34, "end", "accepted")
        .words(LEFT - 6, 76, "end", "refused");
  }

  private static long refused(List<Crash.Event> line, int bin) {
    return count(line, bin, event -> !event.accepted());
  }

  private static long count(List<Crash.Event> line, int bin, Predicate<Crash.Event> which) {
    long from = CRASH_FROM + bin * CRASH_BIN;
    return line.stream()
        .filter(event -> event.millis() >= from && event.millis() < from + CRASH_BIN)
        .filter(which)
        .count();
  }

  /** How many of a row's challenges were seen elsewhere after how long, as a curve. */
  static Svg delay(RowResult result, String id) {
    List<Long> seen = result.delay().millis();
    int all = seen.size() + result.delay().unseen();
    double longest = 6_000;
    String description =
        seen.isEmpty()
            ? "None of " + all + " challenges was ever seen by another worker."
            : String.format(
                Locale.ROOT,
                "%d of %d challenges were seen by another worker: the first after %d ms, the median"
                    + " after %d ms, the last after %d ms.",
                seen.size(),
                all,
                seen.get(0),
                seen.get(seen.size() / 2),
                seen.get(seen.size() - 1));
    Svg svg =
        new Svg(id, "Seen by another worker, row " + result.row().id(), description, WIDTH, 118);
    StringBuilder points = new StringBuilder(String.format(Locale.ROOT, "%d,100 ", LEFT));
    double y = 100;
    for (int i = 0; i < seen.size(); i++) {
      double x = LEFT + (RIGHT - LEFT) * Math.min(1, seen.get(i) / longest);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      y = 100 - 90.0 * (i + 1) / all;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    points.append(String.format(Locale.ROOT, "%d,%.1f", RIGHT, y));
    for (int second = 0; second <= 6; second += 2) {
      double x = LEFT + (RIGHT - LEFT) * second / 6.0;
      svg.line("grid", x, 6, x, 100).words(x, 114, "middle", second + " s");
    }
    if (seen.isEmpty()) {
      svg.words((LEFT + RIGHT) / 2.0, 56, "middle", "never seen");
    }
    return svg.line("axis", LEFT, 100, RIGHT, 100)
        .path("seen", points.toString())
        .words(LEFT - 6, 14, "end", "100 %")
        .words(LEFT - 6, 104, "end", "0 %");
  }
}
