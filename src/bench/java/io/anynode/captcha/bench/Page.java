package io.anynode.captcha.bench;

import java.util.List;
import java.util.stream.Collectors;

/** All that was found, as one HTML file that needs no other. */
final class Page {

  private static final String STYLE =
      """
      :root { color-scheme: light; --ink: #1d2129; --soft: #59616e; --line: #d5d9df; --blue: #1f5fa8;
        --red: #b3261e; --green: #1b6e3c; }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 3rem; color: var(--ink);
        background: #fff; font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
      h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem; }
      p { max-width: 48rem; margin: .4rem 0; }
      .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; margin: .75rem 0; }
      .scroll:focus-visible { outline: 3px solid var(--blue); }
      table { border-collapse: collapse; width: 100%; font-size: .85rem;
        font-variant-numeric: tabular-nums; }
      caption { text-align: left; padding: .5rem; color: var(--soft); }
      th, td { padding: .35rem .5rem; border-top: 1px solid var(--line); text-align: right;
        vertical-align: top; }
      td { white-space: nowrap; }
      thead th { background: #f4f6f8; }
      th[scope=row], th:first-child { text-align: left; font-weight: 400; min-width: 9rem; }
      thead th:first-child { font-weight: 600; }
      .met { color: var(--green); font-weight: 600; }
      .missed { color: var(--red); font-weight: 600; }
      .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr));
        gap: 1rem; }
      figure { margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: 4px; }
      figcaption { font-size: .85rem; font-weight: 600; }
      svg { display: block; width: 100%; height: auto; }
      svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
      .bar { fill: #9aa5b4; } .ours { fill: var(--blue); }
      .line { fill: none; stroke-width: 2; } .axis { stroke: var(--soft); } .grid { stroke: var(--line); }
      .line.s0 { stroke: var(--blue); } .dot.s0 { fill: var(--blue); }
      .line.s1 { stroke: #b35c00; } .dot.s1 { fill: #b35c00; }
      .line.s2 { stroke: #7a4fa3; } .dot.s2 { fill: #7a4fa3; }
      @media print { body { max-width: none; padding: 0; font-size: 9pt; }
        .scroll { overflow: visible; border: 0; } }
      """;

  private final StringBuilder html = new StringBuilder();

  private Page() {}

  /**
   * The file's text.
   *
   * @param how the command, and the machine that it ran on
   */
  static String of(List<Sheet> sheets, List<String> how) {
    Page page = new Page();
    page.html
        .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>The benchmark</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>The benchmark</h1>\n");
    how.forEach(page::paragraph);
    page.html.append("<h2>Goals</h2>\n");
    page.goals(sheets.stream().flatMap(sheet -> sheet.goals().stream()).toList());
    sheets.forEach(page::sheet);
    return page.html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void paragraph(String text) {
    html.append("<p>").append(escaped(text)).append("</p>\n");
  }

  private void goals(List<Goal> goals) {
    open("Goals", List.of("goal", "asked", "found", ""), "");
    for (Goal goal : goals) {
      String missed = goal.counts() ? "missed" : "missed, on this machine";
      html.append("<tr><th scope=\"row\">")
          .append(escaped(goal.what()))
          .append("</th><td>")
          .append(escaped(goal.limit()))
          .append("</td><td>")
          .append(Goal.number(goal.found()))
          .append(goal.met() ? "</td><td class=\"met\">" : "</td><td class=\"missed\">")
          .append(goal.met() ? "met" : missed)
          .append("</td></tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private void sheet(Sheet sheet) {
    String name = sheet.name();
    html.append("<h2 id=\"").append(name).append("\">");
    html.append(escaped(name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1)));
    html.append("</h2>\n");
    int plots = sheet.plots().size() + sheet.bars().size();
    if (plots > 0) {
      html.append("<div class=\"figures\">\n");
      int number = 0;
      for (Sheet.Bars bars : sheet.bars()) {
        figure(bars.title(), Svg.bars(bars, name + "-" + ++number));
      }
      for (Sheet.Plot plot : sheet.plots()) {
        figure(plot.title() + ", " + plot.y(), Svg.lines(plot, name + "-" + ++number));
      }
      html.append("</div>\n");
    }
    sheet.tables().forEach(this::table);
    sheet.notes().forEach(this::paragraph);
  }

  private void figure(String title, String svg) {
    html.append("<figure><figcaption>")
        .append(escaped(title))
        .append("</figcaption>\n")
        .append(svg)
        .append("</figure>\n");
  }

  private void table(Sheet.Table table) {
    open(table.title(), table.columns(), table.title());
    for (List<String> row : table.rows()) {
      html.append("<tr><th scope=\"row\">")
          .append(escaped(row.get(0)))
          .append("</th>")
          .append(
              row.stream()
                  .skip(1)
                  .map(cell -> "<td>" + escaped(cell) + "</td>")
                  .collect(Collectors.joining()))
          .append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  /** A table that a phone scrolls, also by its keys. */
  private void open(String label, List<String> columns, String caption) {
    html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(escaped(label))
        .append("\"><table>\n");
    if (!caption.isEmpty()) {
      html.append("<caption>").append(escaped(caption)).append("</caption>\n");
    }
    html.append("<thead><tr>")
        .append(
            columns.stream()
                .map(column -> "<th scope=\"col\">" + escaped(column) + "</th>")
                .collect(Collectors.joining()))
        .append("</tr></thead>\n<tbody>\n");
  }

  /** Text for HTML and SVG. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
