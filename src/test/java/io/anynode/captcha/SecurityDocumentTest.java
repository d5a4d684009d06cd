package io.anynode.captcha;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of threats against the tests that it names. */
class SecurityDocumentTest {

  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

  @Test
  void eachThreatNamesATestAndEachTestExists() throws IOException {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    List<String> threats =
        Files.readAllLines(Path.of("src/site/markdown/security.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| threat"))
            .toList();
    assertThat(threats).hasSizeGreaterThan(20);
    for (String threat : threats) {
      String[] cells = threat.split("\\|", -1);
      assertThat(cells).as(threat).hasSize(5);
      List<String> tests =
          NAME.matcher(cells[3]).results().map((MatchResult found) -> found.group(1)).toList();
      assertThat(tests).as(threat).isNotEmpty();
      assertThat(classes).containsAll(tests);
    }
  }
}
