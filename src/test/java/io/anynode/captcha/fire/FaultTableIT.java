package io.anynode.captcha.fire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault under load, and the table of what became of the visitors in {@code target/fire.md} and
 * {@code target/faults.md}, the chapter with it. {@code -Dfire.only=Redis} runs the rows in whose
 * names this pattern is found.
 */
@Tag("fire")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTableIT {

  private static final Path TABLE = FaultsChapter.ROWS;

  private final Map<Fault, String> rows = new LinkedHashMap<>();

  static List<Fault> faults() {
    Pattern only = Pattern.compile(System.getProperty("fire.only", ""));
    return Faults.all().stream().filter(fault -> only.matcher(fault.name()).find()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void nobodyIsLetInAndTheServiceIsBack(Fault fault) throws Exception {
    System.out.printf("%s: row %d of %d%n", fault.name(), rows.size() + 1, faults().size());
    rows.put(fault, "| %s | it failed, see the log%s%n".formatted(fault.name(), " |".repeat(12)));
    try {
      Outcome outcome = Fire.under(fault);
      rows.put(fault, outcome.row());
      outcome.check();
    } finally {
      Files.writeString(TABLE, Outcome.HEAD + String.join("", rows.values()));
      FaultsChapter.write();
    }
  }

  @AfterAll
  void table() {
    System.out.print(Outcome.HEAD + String.join("", rows.values()));
  }
}
