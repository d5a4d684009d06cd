package io.anynode.captcha.server.lab;

import java.io.PrintStream;

/** A bar and the time that is left, on one line that is written over, where somebody looks on. */
final class Progress {

  private static final int WIDTH = 24;

  private final PrintStream err;
  private final boolean shown;
  private final double seconds;
  private final long start = System.nanoTime();
  private double done;

  /**
   * At the beginning.
   *
   * @param err where it is shown
   * @param shown whether it is
   * @param seconds how long all is likely to take
   */
  Progress(PrintStream err, boolean shown, double seconds) {
    this.err = err;
    this.shown = shown;
    this.seconds = seconds;
  }

  /** Tells what comes next. */
  void now(String what) {
    if (shown) {
      int full = (int) Math.min(WIDTH, WIDTH * done / seconds);
      err.printf(
          "\r[%s%s] %-40s about %d s left ",
          "#".repeat(full), "-".repeat(WIDTH - full), what, Math.round(left()));
      err.flush();
    }
  }

  /** Counts what was likely to take so long as done. */
  void done(double likelySeconds) {
    done += likelySeconds;
  }

  /** Makes room for a line of the table. */
  void clear() {
    if (shown) {
      err.print("\r" + " ".repeat(WIDTH + 66) + "\r");
      err.flush();
    }
  }

  /** What is left at the pace that it has had so far. */
  double left() {
    double pace = done == 0 ? 1 : (System.nanoTime() - start) / 1e9 / done;
    return Math.max(0, (seconds - done) * pace);
  }
}
