package io.anynode.captcha.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * How often something may happen.
 *
 * @param most how often in one window, at least 1
 * @param window how long that is, 1 s to 24 h
 */
public record Rate(long most, Duration window) {

  /** What switches a limit off. */
  static final String OFF = "off";

  private static final long LARGEST = 1_000_000_000;

  /**
   * Reads a rate such as {@code 60/1m}.
   *
   * @return null if it is none
   */
  static @Nullable Rate parse(String value) {
    String[] parts = value.split("/", -1);
    if (parts.length != 2) {
      return null;
    }
    long most = Long.parseLong(parts[0].strip());
    Duration window =
        DurationFormatterUtils.detectAndParse(parts[1].strip(), DurationFormat.Unit.SECONDS);
    boolean allowed =
        most >= 1
            && most <= LARGEST
            && window.compareTo(Duration.ofSeconds(1)) >= 0
            && window.compareTo(Duration.ofHours(24)) <= 0;
    return allowed ? new Rate(most, window) : null;
  }

  /** So many times as much in the same time. */
  Rate times(int factor) {
    return new Rate(most * factor, window);
  }
}
