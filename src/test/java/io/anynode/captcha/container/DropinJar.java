package io.anynode.captcha.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The drop-in jar, as {@code mvn package} made it. */
public final class DropinJar {

  private DropinJar() {}

  /** Where it is. */
  public static Path path() {
    try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-dropin.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no drop-in jar; mvn package makes it."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
