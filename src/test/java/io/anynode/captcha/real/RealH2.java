package io.anynode.captcha.real;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An H2 server as a process of its own, on 127.0.0.1. */
public final class RealH2 implements AutoCloseable {

  private final Path folder;
  private final int port = TestFolders.freePort();
  private @Nullable Process server;

  private RealH2(Path folder) {
    this.folder = folder;
  }

  /** Starts one over this folder. */
  public static RealH2 start(Path folder) {
    RealH2 h2 = new RealH2(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(h2::kill));
    h2.startAgain();
    return h2;
  }

  /** One over a new folder. */
  public static RealH2 start() {
    return start(TestFolders.create("h2"));
  }

  public String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + port + "/./sessions;USER=captcha;PASSWORD=a-test-only-one";
  }

  public void kill() {
    Process running = server;
    if (running != null) {
      Process unused = running.destroyForcibly().onExit().join();
    }
  }

  public void startAgain() {
    try {
      Path jar =
          Path.of(
              Objects.requireNonNull(org.h2.Driver.class.getProtectionDomain().getCodeSource())
                  .getLocation()
                  .toURI());
      server =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Dh2.bindAddress=127.0.0.1",
                  "-cp",
                  jar.toString(),
                  "org.h2.tools.Server",
                  "-tcp",
                  "-tcpPort",
                  Integer.toString(port),
                  "-ifNotExists",
                  "-baseDir",
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Awaitility.await("H2")
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(this::answers);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() throws Exception {
    try (Connection connection = DriverManager.getConnection(url())) {
      return connection.isValid(1);
    }
  }

  @Override
  public void close() {
    kill();
    if (Files.exists(folder)) {
      TestFolders.delete(folder);
    }
  }
}
