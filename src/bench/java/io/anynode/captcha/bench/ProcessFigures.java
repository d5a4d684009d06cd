package io.anynode.captcha.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux knows of a process. */
final class ProcessFigures {

  /** One of Linux' ticks. */
  private static final long REST_MICROS = 10_000;

  private ProcessFigures() {}

  /** Waits until it uses next to none any more, and tells how much it has used. */
  static double cpuSecondsAtRest(long pid) throws InterruptedException {
    long before = CpuTime.micros(List.of(pid));
    for (int still = 0; still < 5; ) {
      Thread.sleep(100);
      long now = CpuTime.micros(List.of(pid));
      still = now - before <= REST_MICROS ? still + 1 : 0;
      before = now;
    }
    return before / 1e6;
  }

  /** The memory of the machine that it occupies, in bytes. */
  static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
