package io.anynode.captcha.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault under load, and the table of what became of the visitors in {@code target/fire.md}.
 * {@code -Dfire.only=Redis} runs the rows in whose names this pattern is found.
 */
@Tag("fire")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTableIT {

  private static final Path TABLE = Path.of("target", "fire.md");

  private final List<Outcome> outcomes = new ArrayList<>();

  static List<Fault> faults() {
    Pattern only = Pattern.compile(System.getProperty("fire.only", ""));
    return Faults.all().stream().filter(fault -> only.matcher(fault.name()).find()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void nobodyIsLetInAndTheServiceIsBack(Fault fault) throws Exception {
    Outcome outcome = Fire.under(fault);
    outcomes.add(outcome);
    outcome.check();
  }

  @AfterAll
  void table() throws IOException {
    String table = Outcome.HEAD + outcomes.stream().map(Outcome::row).collect(Collectors.joining());
    System.out.print(table);
    Files.writeString(TABLE, table);
  }
}
