package io.anynode.captcha.container;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The WAR of a folder of {@code src/test/samples}: {@code webapp} as it is, the artifacts of the
 * file {@code libraries}, and {@code java} compiled against those and the Servlet API of its age.
 */
final class SampleWar {

  private static final Path SAMPLES = Path.of("src", "test", "samples").toAbsolutePath();
  private static final Path LIBRARIES = Path.of("target", "samples-lib").toAbsolutePath();
  private static final Path OLD_SPRING = Path.of("target", "neighbours", "old").toAbsolutePath();
  private static final Path SPRING_6 = Path.of("target", "samples-spring6").toAbsolutePath();

  private final String name;
  private final String release;
  private final Path spring;
  private final WarBuilder war = new WarBuilder();
  private final List<Path> classPath = new ArrayList<>();

  /** An old application. */
  SampleWar(String name) {
    this(name, "8", "javax.servlet-api", OLD_SPRING);
  }

  private SampleWar(String name, String release, String api, Path spring) {
    this.name = name;
    this.release = release;
    this.spring = spring;
    this.classPath.add(find(api));
    addTree("", folder(name).resolve("webapp"));
    libraries().forEach(this::library);
  }

  /** An application of today. */
  static SampleWar ofJakarta(String name) {
    return new SampleWar(name, "17", "jakarta.servlet-api", SPRING_6);
  }

  /** Where a sample is. */
  static Path folder(String name) {
    return SAMPLES.resolve(name);
  }

  /** The artifacts that its file names. */
  private List<String> libraries() {
    Path file = folder(name).resolve("libraries");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void library(String artifact) {
    Path jar = find(artifact);
    classPath.add(jar);
    war.library(jar);
  }

  /** Adds a jar that its classes know nothing of. */
  SampleWar jar(Path jar) {
    war.library(jar);
    return this;
  }

  /** Adds a text file. */
  SampleWar text(String entry, String text) {
    war.text(entry, text);
    return this;
  }

  /** Adds the {@code captcha.properties} beside it, which is what the drop-in jar needs. */
  SampleWar withProperties() {
    war.file("WEB-INF/captcha.properties", folder(name).resolve("captcha.properties"));
    return this;
  }

  /** Compiles and writes it into a folder, which keeps the classes too. */
  Path write(Path wars) {
    Path sources = folder(name).resolve("java");
    if (Files.isDirectory(sources)) {
      addTree("WEB-INF/classes/", compiled(sources, wars.resolve(name + "-classes")));
    }
    return war.write(wars, name);
  }

  private void addTree(String prefix, Path folder) {
    for (Path file : files(folder)) {
      String entry = folder.relativize(file).toString().replace('\\', '/');
      war.file(prefix + entry, file);
    }
  }

  private Path compiled(Path sources, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      Files.createDirectories(classes);
      String path =
          classPath.stream().map(Path::toString).collect(joining(java.io.File.pathSeparator));
      List<String> options =
          List.of("--release", release, "-proc:none", "-cp", path, "-d", classes.toString());
      boolean done =
          compiler
              .getTask(
                  null,
                  manager,
                  found,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files(sources)))
              .call();
      assertThat(done)
          .as(
              () ->
                  name + ": " + found.getDiagnostics().stream().map(Diagnostic::toString).toList())
          .isTrue();
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path find(String artifact) {
    return Stream.of(LIBRARIES, spring)
        .flatMap(folder -> files(folder).stream())
        .filter(file -> file.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(artifact + " is not there; mvn verify copies it."));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
