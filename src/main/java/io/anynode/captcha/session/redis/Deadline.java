package io.anynode.captcha.session.redis;

import java.util.concurrent.TimeUnit;

/**
 * When an operation has to be over, by {@link System#nanoTime}.
 *
 * @param begun when it began
 * @param ends when it gives up
 */
record Deadline(long begun, long ends) {

  static Deadline in(long nanos) {
    long now = System.nanoTime();
    return new Deadline(now, now + nanos);
  }

  /** The same, but with no more time from now on than this. */
  Deadline within(long nanos) {
    return new Deadline(begun, begun + Math.min(ends - begun, System.nanoTime() - begun + nanos));
  }

  /** How long is left, in nanoseconds; negative once it is over. */
  long left() {
    return ends - System.nanoTime();
  }

  /** Whether the operation had less time than this from its beginning. */
  boolean isShorterThan(long nanos) {
    return ends - begun < nanos;
  }

  /** Whether less than a tenth is left. */
  boolean isNearlyOver() {
    return left() < (ends - begun) / 10;
  }

  /** What is left, for a socket: 1 at least, since 0 is "for ever" to it. */
  int leftMillis() {
    long left = TimeUnit.NANOSECONDS.toMillis(left());
    return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
  }
}
