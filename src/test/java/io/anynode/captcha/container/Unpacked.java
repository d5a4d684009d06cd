package io.anynode.captcha.container;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
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

  /** The version that GlassFish and Payara tell in a file, whole or in parts. */
  static String glassFishVersion(Path file) {
    String whole = property(file, "product.version");
    return whole.isEmpty()
        ? Stream.of("major_version", "minor_version", "update_version")
            .map(part -> property(file, part))
            .collect(Collectors.joining("."))
        : whole;
  }

  /** A value in a properties file; empty if it has none of this name. */
  static String property(Path file, String name) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(name, "");
  }

  /** What comes after the last part of a folder's name: its version. */
  static String version(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(name.lastIndexOf('-') + 1);
  }
}
