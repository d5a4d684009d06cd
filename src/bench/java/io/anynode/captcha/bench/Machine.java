package io.anynode.captcha.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a run was made on: a figure says nothing without it. */
final class Machine {

  private Machine() {}

  /** In a sentence, with the command. */
  static String words(Run run) throws IOException {
    return "mvn -Pbench verify%s on %s: %d processors of %s, Java %s, %s."
        .formatted(
            run.quick() ? " -Dquick" : "",
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            Runtime.version(),
            System.getProperty("os.name"));
  }

  private static String processor() throws IOException {
    Path known = Path.of("/proc/cpuinfo");
    if (!Files.exists(known)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(known).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.replaceFirst("[^:]*: *", ""))
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
