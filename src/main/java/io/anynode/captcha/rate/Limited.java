package io.anynode.captcha.rate;

import io.anynode.captcha.settings.Rate;
import java.time.Duration;

/**
 * A limit that a client has reached.
 *
 * @param policy which: {@code issue}, {@code issue-network}, {@code failure}, {@code
 *     failure-network}
 * @param rate what it is
 * @param left until it is over; positive
 */
public record Limited(String policy, Rate rate, Duration left) {

  /** The same in whole seconds, rounded up. */
  public long seconds() {
    return Math.max(1, left.plusMillis(999).toSeconds());
  }
}
