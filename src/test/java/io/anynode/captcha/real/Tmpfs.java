package io.anynode.captcha.real;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A small disk of a test's own, which can be filled and made read-only. Only root can mount it. */
public final class Tmpfs implements AutoCloseable {

  private final Path folder;

  private Tmpfs(Path folder) {
    this.folder = folder;
  }

  /** Mounts one of so many megabytes. */
  public static Tmpfs mount(int megabytes) {
    Tmpfs disk = new Tmpfs(TestFolders.create("disk"));
    disk.tell("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=700", "tmpfs");
    Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
    return disk;
  }

  public Path folder() {
    return folder;
  }

  /** Leaves no byte free. */
  public void fill() {
    byte[] block = new byte[65_536];
    try (OutputStream file = Files.newOutputStream(folder.resolve("filler"))) {
      while (true) {
        file.write(block);
      }
    } catch (IOException full) {
      return;
    }
  }

  /** Undoes {@link #fill}. */
  public void free() {
    try {
      Files.delete(folder.resolve("filler"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it read-only, as soon as nobody has a file open for writing. */
  public void lock() {
    Awaitility.await("read-only")
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> run("mount", "-o", "remount,ro", folder.toString()) == 0);
  }

  /** Undoes {@link #lock}. */
  public void unlock() {
    tell("mount", "-o", "remount,rw");
  }

  private void tell(String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + 1);
    all[command.length] = folder.toString();
    if (run(all) != 0) {
      throw new AssertionError("Only root can do this: " + String.join(" ", all));
    }
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (Files.exists(folder)) {
      int unused = run("umount", "-l", folder.toString());
      TestFolders.delete(folder);
    }
  }
}
