package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.lab.Numbers.Range;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The report: one HTML file that needs no other, with a table beside each picture.
 *
 * @param results the rows, in their order
 * @param leftOut why other rows were not run
 * @param how the command, and the machine that it ran on
 */
record Report(List<RowResult> results, Map<String, Object> leftOut, List<String> how) {

  private static final String STYLE =
      """
      :root { color-scheme: light; --ink: #1d2129; --soft: #59616e; --line: #d5d9df; --blue: #1f5fa8;
        --red: #b3261e; --green: #1b6e3c; }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 75rem; padding: 1.5rem 1rem 3rem; color: var(--ink); background: #fff;
        font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
      h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem; }
      h3 { font-size: .95rem; margin: 0 0 .25rem; }
      p { max-width: 48rem; margin: .4rem 0; }
      .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; }
      .scroll:focus-visible { outline: 3px solid var(--blue); }
      table { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums; }
      caption { text-align: left; padding: .5rem; color: var(--soft); }
      th, td { padding: .35rem .5rem; border-top: 1px solid var(--line); text-align: right; vertical-align: top; }
      th { white-space: nowrap; background: #f4f6f8; }
      th[scope=row]:not(.advice) { position: sticky; left: 0; }
      th[scope=row], td.words, th.words { text-align: left; }
      td.words, .advice { min-width: 9rem; }
      .advice { white-space: normal; font-weight: 400; }
      small { color: var(--soft); font-size: .8em; white-space: nowrap; }
      .rows { list-style: none; padding: 0; margin: .5rem 0; }
      .rows li { padding: .4rem 0; border-top: 1px solid var(--line); }
      .holds { color: var(--green); font-weight: 600; }
      .fails { color: var(--red); font-weight: 600; }
      .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
      figure { margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: 4px; break-inside: avoid; }
      figcaption { font-size: .85rem; }
      svg { display: block; width: 100%; height: auto; }
      svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
      .load, .issue, .accepted { fill: var(--blue); }
      .verify { fill: #7a4fa3; }
      .refused { fill: var(--red); }
      .mean, .kill { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
      .axis { stroke: var(--soft); }
      .grid { stroke: var(--line); }
      .seen { fill: none; stroke: var(--blue); stroke-width: 2; }
      footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
      code { overflow-wrap: anywhere; }
      @media print { body { max-width: none; padding: 0; font-size: 9pt; } .scroll { overflow: visible; border: 0; }
        table { font-size: 6.5pt; } th, td { padding: 1pt 2pt; } th { white-space: normal; }
        td.words { min-width: 0; } .figures { grid-template-columns: repeat(3, 1fr); } h2 { break-after: avoid; } }
      """;

  private record Column(String title, String unit, Function<RowResult, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("accepted", "%", r -> range(r.over(Window::acceptedPercent), 1)),
          new Column("verified elsewhere", "%", r -> range(r.over(Window::elsewherePercent), 1)),
          new Column("busiest worker", "× mean", r -> range(r.maxByMean(), 2)),
          new Column("variation", "σ ÷ mean", r -> range(r.variation(), 2)),
          new Column("issue p50", "ms", r -> range(r.millis(Window::issueNanos, 50), 1)),
          new Column("issue p99", "ms", r -> range(r.millis(Window::issueNanos, 99), 1)),
          new Column("verify p50", "ms", r -> range(r.millis(Window::verifyNanos, 50), 1)),
          new Column("verify p99", "ms", r -> range(r.millis(Window::verifyNanos, 99), 1)),
          new Column("seen elsewhere", "ms", Report::seen),
          new Column("accepted twice", "of", r -> r.replay().twice() + " / " + r.replay().pairs()),
          new Column(
              "crash: challenges lost", "of", r -> r.crash().openLost() + " / " + r.crash().open()),
          new Column(
              "crash: logins lost",
              "of",
              r -> r.crash().loggedInLost() + " / " + r.crash().loggedIn()),
          new Column(
              "crash: next accepted",
              "ms",
              r -> r.crash().medianWait() < 0 ? "–" : "" + r.crash().medianWait()),
          new Column(
              "added: moved",
              "visitors",
              r -> r.row().way().isSticky() ? "" + r.added().moved() : "–"),
          new Column(
              "added: logins lost", "of", r -> r.added().lost() + " / " + r.added().loggedIn()),
          new Column("store trips", "a challenge", r -> known(r.cost().trips(), 1)),
          new Column("store bytes", "a challenge", r -> known(r.cost().bytes(), 0)));

  /** The file's text. */
  String html() {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>The lab: ways of keeping a captcha</title>\n<style>\n")
        .append(STYLE)
        .append(
            "</style>\n</head>\n<body>\n<main>\n<h1>Ways of keeping a captcha, measured</h1>\n");
    how.forEach(line -> html.append("<p>").append(Svg.escaped(line)).append("</p>\n"));
    verdicts(html);
    table(html);
    claims(html);
    figures(
        html,
        "load",
        "Load on each worker",
        "Requests in all repeats. The broken line is the mean.",
        Plots::load);
    figures(
        html,
        "latency",
        "Latency",
        "How many requests took how long, with the front and the client in it.",
        Plots::latency);
    figures(
        html,
        "crash",
        "A crash",
        "A light load around the kill -9 of one worker, in tenths of a second.",
        Plots::crash);
    figures(
        html,
        "delay",
        "Until another worker sees a challenge",
        "The share of challenges that were seen, by the time since their issue.",
        Plots::delay);
    return html.append(
            "</main>\n"
                + "<footer><p>Made by <code>java -jar captcha.war lab</code>. Medians of the"
                + " repeats;")
        .append(" least and most in small print.</p></footer>\n</body>\n</html>\n")
        .toString();
  }

  private void verdicts(StringBuilder html) {
    html.append("<h2>In words</h2>\n<ul class=\"rows\">\n");
    for (RowResult result : results) {
      html.append("<li><strong>")
          .append(Svg.escaped(name(result)))
          .append("</strong><br>")
          .append(Svg.escaped(Verdicts.of(result)))
          .append("</li>\n");
    }
    leftOut.forEach(
        (row, why) ->
            html.append("<li><strong>")
                .append(Svg.escaped(row))
                .append("</strong><br>Left out: ")
                .append(Svg.escaped(why.toString()))
                .append(".</li>\n"));
    html.append("</ul>\n");
  }

  private void table(StringBuilder html) {
    html.append("<h2>In figures</h2>\n");
    open(html, "All figures");
    html.append(
            "<caption>–: does not apply. ?: not measured.</caption>\n"
                + "<thead><tr><th scope=\"col\">row</th>")
        .append(
            "<th scope=\"col\" class=\"words\">routing</th><th scope=\"col\" class=\"words\">answer"
                + " kept in</th>")
        .append("<th scope=\"col\" class=\"words\">front</th>");
    for (Column column : COLUMNS) {
      html.append("<th scope=\"col\">")
          .append(column.title().replace(": ", ":<br>"))
          .append("<br><small>")
          .append(column.unit())
          .append("</small></th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (RowResult result : results) {
      html.append("<tr><th scope=\"row\">").append(result.row().id()).append("</th>");
      for (String words : List.of(result.row().way().text(), result.store(), result.front())) {
        html.append("<td class=\"words\">").append(Svg.escaped(words)).append("</td>");
      }
      COLUMNS.forEach(
          column -> html.append("<td>").append(column.cell().apply(result)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private void claims(StringBuilder html) {
    html.append("<h2>The usual advice, held against the figures</h2>\n");
    open(html, "The usual advice");
    html.append(
            "<thead><tr><th scope=\"col\" class=\"words\">advice</th><th scope=\"col\""
                + " class=\"words\">measured</th>")
        .append("<th scope=\"col\" class=\"words\">here it</th></tr></thead>\n<tbody>\n");
    for (Verdicts.Claim claim : Verdicts.claims(results)) {
      html.append("<tr><th scope=\"row\" class=\"words advice\">")
          .append(Svg.escaped(claim.advice()))
          .append("</th><td class=\"words\">")
          .append(Svg.escaped(claim.figures()))
          .append("</td><td class=\"words\">")
          .append(
              claim.holds()
                  ? "<span class=\"holds\">holds</span>"
                  : "<span class=\"fails\">does not hold</span>")
          .append("</td></tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private void figures(
      StringBuilder html,
      String kind,
      String title,
      String lead,
      BiFunction<RowResult, String, Svg> plot) {
    html.append("<h2>")
        .append(title)
        .append("</h2>\n<p>")
        .append(lead)
        .append("</p>\n<div class=\"figures\">\n");
    for (RowResult result : results) {
      html.append("<figure><figcaption><h3>")
          .append(Svg.escaped(name(result)))
          .append("</h3></figcaption>\n")
          .append(plot.apply(result, kind + "-" + result.row().id()))
          .append("</figure>\n");
    }
    html.append("</div>\n");
  }

  /** A table that a phone scrolls, also by its keys. */
  private static void open(StringBuilder html, String label) {
    html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(label)
        .append("\"><table>\n");
  }

  private static String name(RowResult result) {
    return result.row().id() + " · " + result.row().way().text() + ", " + result.store();
  }

  private static String seen(RowResult result) {
    List<Long> millis = result.delay().millis();
    return millis.isEmpty()
        ? "never"
        : range(Range.of(millis.stream().map(Long::doubleValue).toList()), 0);
  }

  private static String range(Range range, int digits) {
    String format = "%." + digits + "f";
    String all = String.format(Locale.ROOT, format, range.median());
    return all
        + String.format(
            Locale.ROOT,
            "<br><small>" + format + "–" + format + "</small>",
            range.min(),
            range.max());
  }

  private static String known(@Nullable Double number, int digits) {
    return number == null ? "?" : String.format(Locale.ROOT, "%." + digits + "f", number);
  }
}
