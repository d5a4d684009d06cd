package io.anynode.captcha.container;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts a WAR together in a test.
 *
 * <pre>{@code
 * new WarBuilder().text("index.jsp", "Hello").library(DropinJar.path()).write(folder, "old");
 * }</pre>
 */
public final class WarBuilder {

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Map<String, Content> entries = new TreeMap<>();

  /** Adds a text file, in UTF-8: a page, a descriptor, a properties file. */
  public WarBuilder text(String name, String text) {
    entries.put(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Adds a file as it is. */
  public WarBuilder file(String name, Path file) {
    entries.put(name, out -> Files.copy(file, out));
    return this;
  }

  /** Adds a class of the test's own class path to {@code WEB-INF/classes}. */
  public WarBuilder classOf(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    entries.put(
        "WEB-INF/classes/" + name,
        out -> {
          try (var in = type.getClassLoader().getResourceAsStream(name)) {
            in.transferTo(out);
          }
        });
    return this;
  }

  /** Adds a jar to {@code WEB-INF/lib}. */
  public WarBuilder library(Path jar) {
    return file("WEB-INF/lib/" + jar.getFileName(), jar);
  }

  /** Adds each jar of a folder to {@code WEB-INF/lib}. */
  public WarBuilder libraries(Path folder) {
    try (Stream<Path> jars = Files.list(folder)) {
      jars.filter(file -> file.toString().endsWith(".jar")).forEach(this::library);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Writes the WAR.
   *
   * @return the file {@code <name>.war} in the folder
   */
  public Path write(Path folder, String name) {
    Path war = folder.resolve(name + ".war");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
      out.setLevel(Deflater.BEST_SPEED);
      for (Map.Entry<String, Content> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        entry.getValue().writeTo(out);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return war;
  }
}
