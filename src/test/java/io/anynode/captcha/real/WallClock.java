package io.anynode.captcha.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A JDK on which one worker of a cluster has a wall clock that can be set while it runs: a copy of
 * this one, whose {@code java} runs under Debian's libfaketime if it is told that worker's name.
 * The time that passes, by {@link System#nanoTime()}, and the times of files stay true.
 */
public final class WallClock implements AutoCloseable {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path folder = TestFolders.create("clock");
  private final Path offset = folder.resolve("offset");

  private WallClock(String worker) {
    set(Duration.ZERO);
    try {
      copy(Path.of(System.getProperty("java.home")), home());
      Path java = home().resolve("bin").resolve("java");
      Files.move(java, java.resolveSibling("true-java"));
      Files.writeString(java, wrapper(worker));
      Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the worker of this name, whose clock is right so far. */
  public static WallClock of(String worker) {
    return new WallClock(worker);
  }

  /** The JDK's folder. */
  public Path home() {
    return folder.resolve("jdk");
  }

  /** The worker's clock is so far ahead, or behind if negative, within a second. */
  public void set(Duration ahead) {
    try {
      Path next = Files.writeString(folder.resolve("next"), "%+d".formatted(ahead.toSeconds()));
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Without its cache, libfaketime would read the file each time that the JVM asks for the time.
   * With its fix for an old glibc, no timed wait of the JVM would wait: each thread would spin.
   */
  private String wrapper(String worker) throws IOException {
    return """
        #!/bin/sh
        for argument; do
          if [ "$argument" = %s ]; then
            export LD_PRELOAD=%s FAKETIME_TIMESTAMP_FILE=%s FAKETIME_CACHE_DURATION=1
            export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 NO_FAKE_STAT=1
          fi
        done
        exec "${0%%/*}/true-java" "$@"
        """
        .formatted(worker, library(), offset);
  }

  private static Path library() throws IOException {
    try (Stream<Path> found = Files.list(LIBRARIES)) {
      return found
          .map(machine -> machine.resolve("faketime").resolve("libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("libfaketime is missing: apt-get install faketime"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try {
      int status =
          new ProcessBuilder("cp", "-a", from.toString(), to.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IOException("cp ended with " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    TestFolders.delete(folder);
  }
}
