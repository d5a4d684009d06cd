package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * One node: a container's process, on a free port of 127.0.0.1, with a folder of its own that goes
 * with it.
 *
 * <pre>{@code
 * try (RealContainer node = RealContainer.start(Tomcat.version("10.1"), new Node().war(war))) {
 *   node.await("/old/login.jsp", 200);
 *   node.kill();
 * }
 * }</pre>
 */
public final class RealContainer implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String title;
  private final Node node;
  private final Process process;

  private RealContainer(String title, Node node, Process process) {
    this.title = title;
    this.node = node;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Begins to start a node, and waits for nothing, so that several start at once. */
  public static RealContainer start(Distribution distribution, Node node) {
    try {
      Distribution.Command command = distribution.prepare(node);
      ProcessBuilder builder = new ProcessBuilder(command.line());
      builder.directory(node.folder().toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(command.environment());
      builder.redirectErrorStream(true).redirectOutput(node.folder().resolve("log").toFile());
      return new RealContainer(distribution.title(), node, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a path has an answer of this status; fails with the log if that cannot be. */
  public RealContainer await(String path, int status) {
    try {
      org.awaitility.Awaitility.await(title + " answers at " + path)
          .atMost(START)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !process.isAlive() || statusOf(path) == status);
    } catch (RuntimeException e) {
      throw new AssertionError(title + " does not answer at " + path + ":\n" + log(), e);
    }
    assertThat(process.isAlive()).as(() -> title + " ended:\n" + log()).isTrue();
    return this;
  }

  /** The address of a path, such as {@code /old/login.jsp}. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + node.port()).resolve(path);
  }

  /** What its process wrote so far. */
  public String log() {
    try {
      return Files.readString(node.folder().resolve("log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process, which the container's script has become. */
  public long pid() {
    return process.pid();
  }

  /** Its folder. */
  public Path folder() {
    return node.folder();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Process gone = process.destroyForcibly().onExit().join();
    assertThat(gone.isAlive()).isFalse();
  }

  /** Stops it as {@code kill} does, and waits for its end, to see what it says then. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        throw new AssertionError(title + " does not stop:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it at once and deletes its folder. */
  @Override
  public void close() {
    kill();
    try {
      FileSystemUtils.deleteRecursively(node.folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends those that were started: a start that failed leaves the others null. */
  static void closeAll(@Nullable RealContainer... nodes) {
    for (RealContainer node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }

  private int statusOf(String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(60)).build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
