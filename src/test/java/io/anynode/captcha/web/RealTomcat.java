package io.anynode.captcha.web;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/** An unpacked Tomcat in a process of its own, with an application that one context file names. */
final class RealTomcat implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern STARTED = Pattern.compile("Server startup in");

  private final Path home;
  private final Path base;
  private final int port;
  private final Process process;

  private RealTomcat(Path home, Path base) throws IOException {
    this.home = home;
    this.base = base;
    this.port = freePort();
    Files.writeString(base.resolve("conf/server.xml"), serverXml());
    this.process = launch();
  }

  /**
   * Starts a Tomcat and waits until it has started, whatever has become of the application.
   *
   * @param version the Tomcat's
   * @param context the context file of the application {@code /examples}
   * @param lib what goes into Tomcat's own lib
   */
  static RealTomcat start(String version, String context, Path... lib) {
    try {
      Path home = Path.of("target/containers/apache-tomcat-" + version).toAbsolutePath();
      Path base = Files.createTempDirectory("captcha-tomcat-");
      for (String folder : List.of("conf/Catalina/localhost", "lib", "logs", "temp", "webapps")) {
        Files.createDirectories(base.resolve(folder));
      }
      for (String file : List.of("catalina.properties", "logging.properties", "web.xml")) {
        Files.copy(home.resolve("conf").resolve(file), base.resolve("conf").resolve(file));
      }
      Files.writeString(
          base.resolve("conf/tomcat-users.xml"),
          "<tomcat-users><user username='tomcat' password='secret' roles='tomcat'/></tomcat-users>");
      Files.writeString(base.resolve("conf/Catalina/localhost/examples.xml"), context);
      for (Path jar : lib) {
        Files.copy(jar, base.resolve("lib").resolve(jar.getFileName()));
      }
      RealTomcat tomcat = new RealTomcat(home, base);
      await("Tomcat " + version)
          .atMost(START)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> STARTED.matcher(tomcat.log()).find() || !tomcat.process.isAlive());
      return tomcat;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a path of the application. */
  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + "/examples" + path);
  }

  /** What it has logged. */
  String log() {
    try {
      return Files.readString(base.resolve("logs/console"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it without a chance to say anything. */
  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    if (!waitFor()) {
      kill();
    }
    try {
      FileSystemUtils.deleteRecursively(base);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean waitFor() {
    try {
      return process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process launch() throws IOException {
    String java = Objects.requireNonNull(System.getProperty("java.home")) + "/bin/java";
    return new ProcessBuilder(
            java,
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + base.resolve("temp"),
            "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
            "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + base,
            "-cp",
            home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start")
        .redirectErrorStream(true)
        .redirectOutput(base.resolve("logs/console").toFile())
        .start();
  }

  private String serverXml() {
    return """
    <Server port="-1">
      <Service name="Catalina">
        <Connector address="127.0.0.1" port="%d" throwOnFailure="true"/>
        <Engine name="Catalina" defaultHost="localhost">
          <Realm className="org.apache.catalina.realm.MemoryRealm"/>
          <Host name="localhost" appBase="webapps" autoDeploy="false"/>
        </Engine>
      </Service>
    </Server>
    """
        .formatted(port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
