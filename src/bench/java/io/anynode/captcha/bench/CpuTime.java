package io.anynode.captcha.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What processes have used of the machine's processors, by Linux' own account. */
public final class CpuTime {

  /** Linux counts in hundredths of a second on every machine that a JVM runs on. */
  private static final long MICROS_A_TICK = 10_000;

  private CpuTime() {}

  /**
   * The time of processes, of all that they have started, and of those of these that have ended.
   *
   * @return in µs, exact to 10 ms
   */
  public static long micros(List<Long> pids) {
    return pids.stream().mapToLong(CpuTime::ofTree).sum();
  }

  /**
   * The part of JVMs' time that their JIT's compilers took: much in a server's first minutes, and
   * nothing later on.
   *
   * @return in µs
   */
  public static long compilerMicros(List<Long> pids) throws IOException {
    long micros = 0;
    for (long pid : pids) {
      try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
        for (Path thread : (Iterable<Path>) threads::iterator) {
          if (read(thread.resolve("comm")).matches("C[12] Compiler.*\\R?")) {
            micros += ofOne(thread.resolve("stat"));
          }
        }
      }
    }
    return micros;
  }

  private static long ofTree(long pid) {
    LongStream children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(ProcessHandle::pid);
    return LongStream.concat(LongStream.of(pid), children)
        .mapToObj(process -> Path.of("/proc/" + process + "/stat"))
        .mapToLong(CpuTime::ofOne)
        .sum();
  }

  private static long ofOne(Path stat) {
    String line = read(stat);
    if (line.isEmpty()) {
      return 0; // it has ended; its parent has its time
    }
    // The second field is a name in brackets, which may have anything in it.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    // Fields 14 to 17 of proc(5): itself and its ended children, in user and in system mode.
    for (int field = 14; field <= 17; field++) {
      ticks += Long.parseLong(fields[field - 3]);
    }
    return ticks * MICROS_A_TICK;
  }

  /** What a file says of a process or a thread; empty if it has ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new UncheckedIOException(e);
      }
      return "";
    }
  }
}
