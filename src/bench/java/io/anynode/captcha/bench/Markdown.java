package io.anynode.captcha.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sheets as Markdown, as the chapters have them. */
final class Markdown {

  private Markdown() {}

  /** A whole sheet. */
  static List<String> of(Sheet sheet) {
    List<String> lines = new ArrayList<>();
    for (Sheet.Table table : sheet.tables()) {
      lines.add("");
      lines.add(table.title());
      lines.add("");
      lines.addAll(table(table.columns(), table.rows()));
    }
    lines.add("");
    lines.addAll(sheet.notes());
    if (!sheet.goals().isEmpty()) {
      lines.add("");
      lines.addAll(goals(sheet.goals()));
    }
    return lines;
  }

  /** Goals beside what was found. */
  static List<String> goals(List<Goal> goals) {
    return table(
        List.of("goal", "asked", "found", ""),
        goals.stream()
            .map(
                goal ->
                    List.of(
                        goal.what(),
                        goal.limit(),
                        Goal.number(goal.found()),
                        goal.met() ? "" : "missed"))
            .toList());
  }

  private static List<String> table(List<String> columns, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns));
    lines.add("|" + "---|".repeat(columns.size()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
