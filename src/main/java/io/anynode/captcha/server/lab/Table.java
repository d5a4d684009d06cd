package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.lab.Numbers.Range;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table that is printed while the lab goes: a line a row, medians of the repeats. */
final class Table {

  private record Column(String title, int width, Function<RowResult, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("row", -3, result -> result.row().id()),
          new Column("routing", -27, result -> result.row().way().text()),
          new Column("answer kept in", -25, RowResult::store),
          new Column("front", -8, RowResult::front),
          new Column("accepted %", 10, r -> decimal(r.over(Window::acceptedPercent), 1)),
          new Column("elsewhere %", 11, r -> decimal(r.over(Window::elsewherePercent), 1)),
          new Column("max/mean", 8, result -> decimal(result.maxByMean(), 2)),
          new Column("cv", 5, result -> decimal(result.variation(), 2)),
          new Column("issue ms", 11, result -> latency(result, Window::issueNanos)),
          new Column("verify ms", 11, result -> latency(result, Window::verifyNanos)),
          new Column("seen elsewhere ms", 17, result -> seen(result.delay())),
          new Column("replays", 7, r -> r.replay().twice() + "/" + r.replay().pairs()),
          new Column("crash: open", 11, r -> lost(r.crash().openLost(), r.crash().open())),
          new Column("in", 5, r -> lost(r.crash().loggedInLost(), r.crash().loggedIn())),
          new Column("next ms", 7, r -> waited(r.crash().medianWait())),
          new Column("added: moved", 12, Table::moved),
          new Column("lost", 5, r -> lost(r.added().lost(), r.added().loggedIn())),
          new Column("trips", 5, r -> orUnknown(r.cost().trips(), 1)),
          new Column("bytes", 5, r -> orUnknown(r.cost().bytes(), 0)));

  private Table() {}

  /** What stands over the columns. */
  static String header() {
    return line(column -> column.title());
  }

  /** A row of it. */
  static String row(RowResult result) {
    return line(column -> column.cell().apply(result));
  }

  /** What the columns mean, each in a line. */
  static String legend() {
    return """
    accepted: captchas that were solved rightly and accepted. elsewhere: verified by another worker
    than had issued. max/mean, cv: the busiest worker's requests by the mean, and the coefficient
    of variation. issue, verify: p50/p99. seen elsewhere: least/median/most until another worker
    knows a challenge. replays: double submits to two workers at once that both were accepted.
    crash: open challenges and logged-in visitors that a worker's kill -9 lost, and how long its
    visitors took to their next accepted captcha. added: visitors that another worker answered after
    one was added, and logins lost by it. trips, bytes: commands or statements from issue to accepted
    answer, and what an open challenge takes up with its session. - is: does not apply; ?: not measured.
    """;
  }

  private static String line(Function<Column, String> cell) {
    StringBuilder line = new StringBuilder();
    for (Column column : COLUMNS) {
      line.append(String.format("%" + column.width() + "s  ", cell.apply(column)));
    }
    return line.toString().stripTrailing();
  }

  private static String lost(int lost, int of) {
    return lost + "/" + of;
  }

  private static String waited(long millis) {
    return millis < 0 ? "-" : Long.toString(millis);
  }

  /** Where no worker is a visitor's own, none is left. */
  private static String moved(RowResult result) {
    return result.row().way().isSticky() ? Integer.toString(result.added().moved()) : "-";
  }

  private static String orUnknown(@Nullable Double number, int digits) {
    return number == null ? "?" : decimal(number, digits);
  }

  private static String decimal(Range range, int digits) {
    return decimal(range.median(), digits);
  }

  private static String decimal(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  private static String latency(RowResult result, Function<Window, long[]> latencies) {
    return decimal(result.millis(latencies, 50), 1)
        + "/"
        + decimal(result.millis(latencies, 99), 0);
  }

  private static String seen(Delay delay) {
    if (delay.millis().isEmpty()) {
      return "never";
    }
    Range range = Range.of(delay.millis().stream().map(Long::doubleValue).toList());
    String seen = "%.0f/%.0f/%.0f".formatted(range.min(), range.median(), range.max());
    return delay.unseen() == 0 ? seen : seen + " (" + delay.unseen() + " never)";
  }
}
