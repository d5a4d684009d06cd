package io.anynode.captcha.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes what each container did into {@code target/containers.md}: the table of {@code
 * src/site/markdown/containers.md}.
 */
final class ContainerTable implements TestWatcher, AfterAllCallback {

  private static final Path ROWS = Path.of("target", "containers", "rows");
  private static final Path TABLE = Path.of("target", "containers.md");
  private static final String CAUSE = "Caused by: ";
  private static final int LONGEST = 300;
  private static final String HEAD =
      """
      | container | version | Java | deployed | result |
      |---|---|---|---|---|
      """;

  /** What the contract puts into each. */
  private static final String DEPLOYED =
      "`captcha.war`; the drop-in jar in an old WAR (Servlet 2.5)";

  private final List<String> failures = new ArrayList<>();
  private int passed;

  @Override
  public void testSuccessful(ExtensionContext context) {
    passed++;
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    failures.add(context.getDisplayName() + ": " + cause);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    context.getExecutionException().ifPresent(e -> failures.add(String.valueOf(e.getMessage())));
    ContainerContract contract = (ContainerContract) context.getRequiredTestInstance();
    row(contract.getClass().getSimpleName(), contract.distribution().title(), result());
  }

  private String result() {
    return failures.isEmpty() ? "works (" + passed + " tests)" : "fails: " + line(failures.get(0));
  }

  /** Adds a row, or replaces the one of the last run. */
  static void row(String test, String container, String result) throws IOException {
    Files.createDirectories(ROWS);
    String java = System.getProperty("java.version");
    List<String> cells = List.of(container.replaceFirst(" (?=\\d)", " | "), java, DEPLOYED, result);
    Files.writeString(ROWS.resolve(test), "| " + String.join(" | ", cells) + " |\n");
    try (Stream<Path> rows = Files.list(ROWS)) {
      String table = rows.sorted().map(ContainerTable::read).collect(Collectors.joining());
      Files.writeString(TABLE, HEAD + table);
    }
  }

  /** What failed, and of a log behind it the line that says why. */
  private static String line(String message) {
    List<String> lines = message.lines().filter(text -> !text.isBlank()).toList();
    String why =
        lines.stream()
            .skip(1)
            .filter(text -> text.contains(CAUSE))
            .reduce("", (earlier, later) -> " " + later);
    String line = (lines.get(0) + why).replaceAll("\\s+", " ").replace("|", "\\|");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String read(Path row) {
    try {
      return Files.readString(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
