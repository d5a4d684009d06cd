package io.anynode.captcha.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** What the real servers need of this machine: folders, free ports, signals. */
final class TestFolders {

  private TestFolders() {}

  /** A new folder for one server's data, outside of what a build keeps. */
  static Path create(String server) {
    try {
      return Files.createTempDirectory("captcha-" + server + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a server's unpacked programs stay until the next {@code mvn clean}. */
  static Path binaries(String server) {
    try {
      return Files.createDirectories(Path.of("target", "real", server).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops a process and all that it started; when this returns, none of them runs. */
  static void pause(ProcessHandle process) {
    stop(Stream.of(process)); // from now on it starts none
    stop(process.descendants());
  }

  /** Undoes {@link #pause}. */
  static void resume(ProcessHandle process) {
    signal("CONT", Stream.concat(Stream.of(process), process.descendants()).toList());
  }

  private static void stop(Stream<ProcessHandle> processes) {
    List<ProcessHandle> all = processes.toList();
    signal("STOP", all);
    Awaitility.await("stopped")
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> all.stream().allMatch(TestFolders::isStopped));
  }

  private static boolean isStopped(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"))
          .contains("State:\tT");
    } catch (IOException ended) {
      return true;
    }
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(each -> command.add(Long.toString(each.pid())));
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new AssertionError(command + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
