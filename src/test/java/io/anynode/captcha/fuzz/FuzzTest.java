package io.anynode.captcha.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Jazzer on all {@link FuzzTargets} for some seconds; {@code mvn test -Pfuzz -Dfuzz.time=10m} for
 * longer, and with what it found so far kept in {@code target/fuzz-corpus}.
 */
class FuzzTest {

  @Test
  void nothingFromOutsideIsReadWithAnError(@TempDir Path folder) throws Exception {
    Duration time =
        DurationFormatterUtils.detectAndParse(
            System.getProperty("fuzz.time", "5s"), DurationFormat.Unit.SECONDS);
    Path corpus = Files.createDirectories(Path.of("target/fuzz-corpus"));
    seed(corpus);
    Path said = folder.resolve("said");
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-UsePerfData",
                "-Djava.util.logging.config.file=" + quiet(folder),
                "-Dfuzz.folder=" + folder.resolve("session"),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTargets.class.getName(),
                "--instrumentation_includes=io.anynode.captcha.**",
                "--custom_hook_includes=io.anynode.captcha.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=target/fuzz-finding-",
                "-max_total_time=" + time.toSeconds(),
                "-timeout=10",
                "-max_len=4096",
                corpus.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(time.toSeconds() + 120, TimeUnit.SECONDS)).isTrue();
    } finally {
      jazzer.destroyForcibly();
    }

    String text = Files.readString(said);
    assertThat(jazzer.exitValue()).as(text).isZero();
    assertThat(text).containsPattern("Done [0-9]+ runs");
    System.getLogger(FuzzTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            text.lines().filter(line -> line.startsWith("Done ")).findFirst().orElseThrow());
  }

  /** Jazzer takes the choice from the input's end. */
  private static void seed(Path corpus) throws IOException {
    byte[] list =
        Base64.getDecoder()
            .decode(
                "rO0ABXNyABNqYXZhLnV0aWwuQXJyYXlMaXN0eIHSHZnHYZ0DAAFJAARzaXpleHAAAAAAdwQAAAAAeA==");
    byte[][] seeds = {
      "A".repeat(40).getBytes(StandardCharsets.US_ASCII),
      ("1." + "A".repeat(100)).getBytes(StandardCharsets.US_ASCII),
      list,
      "{\"scope\":\"login\"}".getBytes(StandardCharsets.US_ASCII),
      "{\"a\":{\"b\":\"\\u00e9\",\"c\":-1.5e3},\"d\":null}".getBytes(StandardCharsets.US_ASCII),
      "for=203.0.113.9;by=\"[2001:db8::1]:80\", for=_x".getBytes(StandardCharsets.US_ASCII),
      "203.0.113.9, [2001:db8::1]:80, 10.2.2.2".getBytes(StandardCharsets.US_ASCII),
      "1 2026-11-25T16:00:00Z PT30M\n".getBytes(StandardCharsets.US_ASCII),
      new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 2, 'a', 's', 'b'}
    };
    for (int i = 0; i < seeds.length; i++) {
      for (byte choice = 0; choice < 10; choice++) {
        byte[] chosen = Arrays.copyOf(seeds[i], seeds[i].length + 1);
        chosen[seeds[i].length] = choice;
        Files.write(corpus.resolve("seed-" + i + "-" + choice), chosen);
      }
    }
  }

  private static Path quiet(Path folder) throws IOException {
    return Files.writeString(folder.resolve("logging.properties"), ".level=OFF\n");
  }
}
