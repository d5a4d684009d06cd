package io.anynode.captcha.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the distributions that the build unpacked. */
final class Unpacked {

  private static final Path CONTAINERS = Path.of("target", "containers").toAbsolutePath();

  private Unpacked() {}

  /**
   * The folder of a distribution.
   *
   * @param prefix what its name begins with
   */
  static Path folder(String prefix) {
    try (Stream<Path> all = Files.list(CONTAINERS)) {
      return all.filter(path -> path.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow(() -> new AssertionError(prefix + " is not unpacked; mvn verify does it."));
    } catch (IOException e) {
      throw new UncheckedIOException("mvn verify unpacks the containers", e);
    }
  }

  /** What comes after the last part of a folder's name: its version. */
  static String version(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(name.lastIndexOf('-') + 1);
  }
}
