package io.anynode.captcha.bench;

import java.util.Locale;

/**
 * A goal beside what was found.
 *
 * @param what is asked for, with its unit
 * @param atMost whether the figure is to be at most, or at least, what is asked
 * @param counts whether missing it fails the benchmark: ratios and bytes, which do not depend on the
 *     machine, and no times
 */
public record Goal(String what, boolean atMost, double asked, double found, boolean counts) {

  /** Whether it is reached. */
  public boolean met() {
    return atMost ? found <= asked : found >= asked;
  }

  /** What is asked, as {@code ≤ 2}. */
  public String limit() {
    return (atMost ? "≤ " : "≥ ") + number(asked);
  }

  /** A number with as many digits as say something. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "?";
    }
    double size = Math.abs(value);
    int digits = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
