package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;

import cn.apiclub.captcha.Captcha;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in other JVMs: that of another node, one that has no fonts, that of a container. */
class PicturesElsewhereTest {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @Test
  void anotherJvmDrawsTheSameBytes() throws Exception {
    assertThat(run(JAVA_HOME, "ours")).isEqualTo(new Result(0, ChildDrawing.ours()));
  }

  @Test
  void anInterpretingJvmDrawsTheSameBytes() throws Exception {
    assertThat(run(JAVA_HOME, "ours", "-Xint")).isEqualTo(new Result(0, ChildDrawing.ours()));
  }

  @Test
  void aJavaWithoutFontsDrawsTheSameBytesWhereStockSimplecaptchaDies(@TempDir Path folder)
      throws Exception {
    Path home = javaWithoutFonts(folder);

    Result stock = run(home, "stock");
    assertThat(stock.status()).isNotZero();
    assertThat(stock.output()).contains("UnsatisfiedLinkError").contains("java.awt.Font");

    assertThat(run(home, "ours")).isEqualTo(new Result(0, ChildDrawing.ours()));
  }

  @Test
  void drawingKeepsNoWebApplicationAlive() throws Exception {
    assertThat(run(JAVA_HOME, "web-application")).isEqualTo(new Result(0, "let go"));
  }

  @Test
  void aDisplayThatHasGoneIsNeverMissedOrIsNamedAtTheStart() throws Exception {
    Result result = run(JAVA_HOME, "ours", Map.of("DISPLAY", "127.0.0.1:9999"));
    // A Java without the X11 library is headless by itself.
    if (result.status() == 0) {
      assertThat(result.output()).isEqualTo(ChildDrawing.ours());
    } else {
      assertThat(result.output())
          .contains("IllegalStateException: this Java cannot draw")
          .contains("-Djava.awt.headless=true");
    }
  }

  private record Result(int status, String output) {}

  private static Result run(Path home, String what, String... options) throws Exception {
    return run(home, what, Map.of(), options);
  }

  private static Result run(
      Path home, String what, Map<String, String> environment, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        Stream.of(ChildDrawing.class, SimpleCaptchaPictures.class, Captcha.class)
            .map(PicturesElsewhereTest::place)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(ChildDrawing.class.getName());
    command.add(what);
    Path output = Files.createTempFile("child", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().remove("DISPLAY");
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(environment);
      Process child = builder.start();
      try {
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
      } finally {
        child.destroyForcibly();
      }
      return new Result(child.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A copy of this JVM's Java without the two libraries that fonts need, as slim images have it.
   */
  private static Path javaWithoutFonts(Path folder) throws IOException {
    for (String part : List.of("bin", "conf", "lib")) {
      try (Stream<Path> files = Files.walk(JAVA_HOME.resolve(part), FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          copy(file, folder.resolve(JAVA_HOME.relativize(file)));
        }
      }
    }
    return folder;
  }

  private static void copy(Path file, Path copy) throws IOException {
    String name = file.getFileName().toString();
    if (name.contains("fontmanager") || name.contains("freetype") || name.equals("src.zip")) {
      return;
    }
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy);
  }
}
