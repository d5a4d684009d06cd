package io.anynode.captcha.server.launch;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The main class of {@code captcha.war}: unpacks the WAR, runs the {@link Program} that lies in it,
 * and sees to the exit status and to an end that leaves nothing behind.
 */
public final class Launcher {

  /** The name of the folder, in the run's own, that holds the unpacked WAR. */
  public static final String APPLICATION = "application";

  private Launcher() {}

  /**
   * Runs the program and exits with its status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    try {
      System.exit(run(arguments));
    } catch (IOException | URISyntaxException e) {
      System.err.println(
          "captcha.war cannot be unpacked under "
              + System.getProperty("java.io.tmpdir")
              + " (-Djava.io.tmpdir=… names another folder): "
              + e);
      System.exit(1);
    }
  }

  private static int run(String[] arguments) throws IOException, URISyntaxException {
    URL location = Launcher.class.getProtectionDomain().getCodeSource().getLocation();
    RunFolder folder = RunFolder.create(Path.of(System.getProperty("java.io.tmpdir")));
    Path application = folder.unpack(Path.of(location.toURI()), APPLICATION);
    ClassLoader libraries = libraries(application);
    Thread.currentThread().setContextClassLoader(libraries);
    Program program = ServiceLoader.load(Program.class, libraries).findFirst().orElseThrow();
    AtomicInteger status = new AtomicInteger();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  program.close();
                  folder.close();
                  // A JVM that a signal ends would exit with 128 + the signal; stopping is no
                  // fault.
                  Runtime.getRuntime().halt(status.get());
                },
                "captcha-end"));
    int result = program.run(folder.path(), arguments);
    status.set(result);
    return result;
  }

  /** Of what lies on the class path only this package: the rest comes from the unpacked WAR. */
  private static ClassLoader libraries(Path application) throws IOException {
    List<URL> jars = new ArrayList<>();
    for (String folder : List.of("WEB-INF/lib", "WEB-INF/launcher")) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(application.resolve(folder), "*.jar")) {
        for (Path jar : found) {
          jars.add(url(jar));
        }
      }
    }
    return new URLClassLoader("captcha", jars.toArray(URL[]::new), Launcher.class.getClassLoader());
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
