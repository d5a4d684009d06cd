package io.anynode.captcha.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A real Redis server process, listening on 127.0.0.1 only, in a fresh folder of its own, that
 * keeps nothing on disk. A server that cannot start fails the test.
 */
public final class RealRedis implements AutoCloseable {

  /** The binary of an artifact on Maven Central: static, so that nothing has to be installed. */
  private static final class Binary {

    private static final Path FILE = unpacked();

    private static Path unpacked() {
      String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      String arch = System.getProperty("os.arch");
      String name =
          "/redis-server-7.0.15-"
              + (os.startsWith("mac") ? "darwin" : "linux")
              + (arch.equals("aarch64") ? "-arm64" : "-amd64");
      try (InputStream in = RealRedis.class.getResourceAsStream(name)) {
        Path folder = folder();
        Path file = folder.resolve("redis-server");
        Files.copy(Objects.requireNonNull(in, name), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        atExit(() -> delete(folder));
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Started when a test first asks for it, ended with the JVM. */
  private static final class Shared {

    private static final RealRedis SERVER = start();
  }

  private final int port;
  private final List<String> command;
  private final Path folder;
  private @Nullable Process process;

  private RealRedis(int port, List<String> command, Path folder) {
    this.port = port;
    this.command = command;
    this.folder = folder;
    atExit(this::close);
    launch();
  }

  /** A server for every test that breaks nothing; the tests keep apart by their namespaces. */
  public static RealRedis single() {
    return Shared.SERVER;
  }

  /**
   * The URI of a server for tests: one's own by {@code CAPTCHA_TEST_REDIS_URI}, else the shared.
   */
  public static String singleUri() {
    String own = System.getenv("CAPTCHA_TEST_REDIS_URI");
    return own == null || own.isBlank() ? single().uri() : own;
  }

  /**
   * Starts a server.
   *
   * @param options as in {@code redis.conf}, by turns {@code --name} and values
   */
  public static RealRedis start(String... options) {
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Binary.FILE.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"));
    command.addAll(List.of(options));
    return new RealRedis(port, command, folder());
  }

  /** Starts a Sentinel with these lines in its configuration file. */
  static RealRedis startSentinel(List<String> lines) {
    int port = freePort();
    Path folder = folder();
    Path file = folder.resolve("sentinel.conf");
    List<String> all = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1"));
    all.addAll(lines);
    try {
      Files.write(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RealRedis(
        port, List.of(Binary.FILE.toString(), file.toString(), "--sentinel"), folder);
  }

  public int port() {
    return port;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** The server's process, until it is started again. */
  public long pid() {
    return Objects.requireNonNull(process).pid();
  }

  /** Ends the process at once, as a lost machine would; {@link #restart} brings an empty one up. */
  public void kill() {
    Process running = process;
    if (running != null) {
      Process unused = running.destroyForcibly().onExit().join();
    }
  }

  /** Starts it again, on the same port. */
  public void restart() {
    kill();
    launch();
  }

  /** Starts it again without waiting for an answer: it may be loading for a while. */
  public void restartUnready() {
    kill();
    run();
  }

  /** Waits until it has loaded what it had stored. */
  public void awaitReady() {
    awaitAnswer(Objects.requireNonNull(process));
  }

  /** Stops the process without ending it: connections stay, nothing answers. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets a frozen process go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + Objects.requireNonNull(process).pid())
          .start()
          .onExit()
          .orTimeout(5, TimeUnit.SECONDS)
          .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks the server, with no user and password.
   *
   * @param command as one would type it into {@code redis-cli}
   * @return a text or number; null for nil
   */
  public @Nullable String ask(String command) {
    try (RedisConsole console = RedisConsole.open(uri())) {
      return console.ask(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    delete(folder);
  }

  private void launch() {
    awaitAnswer(run());
  }

  private Process run() {
    try {
      Process started =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      process = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer(Process started) {
    Awaitility.await("Redis on port " + port)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .failFast(() -> assertAlive(started))
        .ignoreExceptions()
        .until(this::answers);
  }

  private void assertAlive(Process started) throws IOException {
    if (!started.isAlive()) {
      throw new AssertionError("Redis: " + Files.readString(folder.resolve("log")));
    }
  }

  private boolean answers() throws IOException {
    try (RedisConsole console = RedisConsole.open(uri())) {
      return "PONG".equals(console.ask("PING"));
    } catch (RedisConsole.Refused e) {
      return String.valueOf(e.getMessage()).startsWith("NOAUTH");
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("real-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      boolean unused = FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void atExit(Runnable end) {
    Runtime.getRuntime().addShutdownHook(new Thread(end));
  }
}
