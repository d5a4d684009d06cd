package io.anynode.captcha.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code target/faults.md}: the chapter with the tables that the last runs wrote, to be copied over
 * the one in {@code src/site/markdown}. A row that was not run stays as it is there.
 */
final class FaultsChapter {

  static final Path ROWS = Path.of("target", "fire.md");
  static final Path SOAK = Path.of("target", "fire-soak.md");

  private static final Path CHAPTER = Path.of("src", "site", "markdown", "faults.md");
  private static final Path COPY = Path.of("target", "faults.md");

  private FaultsChapter() {}

  static void write() throws IOException {
    String chapter = Files.readString(CHAPTER);
    if (Files.exists(ROWS)) {
      chapter = put(chapter, "rows", merged(part(chapter, "rows"), Files.readString(ROWS)));
    }
    if (Files.exists(SOAK)) {
      chapter = put(chapter, "soak", Files.readString(SOAK));
    }
    Files.writeString(COPY, chapter);
  }

  /** The rows of before with those of now in their places, and new ones behind them. */
  private static String merged(String before, String now) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Fault fault : Faults.all()) {
      rows.put(fault.name(), "");
    }
    for (String table : List.of(before, now)) {
      table
          .lines()
          .skip(2)
          .forEach(row -> rows.replaceAll((name, known) -> isOf(row, name) ? row + "\n" : known));
    }
    return Outcome.HEAD + String.join("", rows.values());
  }

  private static boolean isOf(String row, String name) {
    return row.startsWith("| " + name + " |") || row.startsWith("| " + name + " (");
  }

  private static String begin(String part) {
    return "<!-- " + part + ", by the run -->\n\n";
  }

  private static String end(String part) {
    return "\n<!-- end of " + part + " -->";
  }

  private static String part(String chapter, String part) {
    return chapter.substring(
        chapter.indexOf(begin(part)) + begin(part).length(), chapter.indexOf(end(part)));
  }

  private static String put(String chapter, String part, String content) {
    int from = chapter.indexOf(begin(part)) + begin(part).length();
    return chapter.substring(0, from) + content + chapter.substring(chapter.indexOf(end(part)));
  }
}
