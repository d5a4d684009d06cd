package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.StartFailure;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A Redis that the lab starts from the PATH, on a free port of 127.0.0.1, keeping nothing. */
final class RedisServer implements Running.Part {

  private static final String PROGRAM = "redis-server";
  private static final int TRIES = 200;

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether there is a program of that name on the PATH. */
  static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static boolean isInstalled() {
    return isInstalled(PROGRAM);
  }

  /** Starts it, and waits until it listens. */
  static RedisServer start(Path folder) {
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  PROGRAM, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      RedisServer server = new RedisServer(process, port);
      awaitListening(process, port, PROGRAM);
      return server;
    } catch (IOException e) {
      throw StartFailure.failed(PROGRAM + " cannot be started: " + e.getMessage(), e);
    }
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  /** Waits until a process listens on a port of 127.0.0.1; kills it if it does not. */
  static void awaitListening(Process process, int port, String program) throws IOException {
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return;
      } catch (IOException e) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException(program + " does not listen on port " + port);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
