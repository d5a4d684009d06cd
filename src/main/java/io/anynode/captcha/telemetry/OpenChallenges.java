package io.anynode.captcha.telemetry;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * One node's share in the challenges that are open: those that it opened, less those that it ended.
 * A challenge that nobody ends goes out of the count when it expires, to ten seconds: what was
 * counted is kept by the time of expiry, in at most 8,640 steps, a day's. Safe for use by many
 * threads.
 */
final class OpenChallenges {

  private static final long STEP_SECONDS = 10;

  private final Clock clock;
  private final ConcurrentSkipListMap<Long, LongAdder> byExpiry = new ConcurrentSkipListMap<>();

  OpenChallenges(Clock clock) {
    this.clock = clock;
  }

  /** Adds to those that expire then. */
  void add(Instant expires, long amount) {
    long now = step(clock.instant());
    long step = step(expires);
    if (step >= now) {
      byExpiry.computeIfAbsent(step, s -> new LongAdder()).add(amount);
    }
    Map.Entry<Long, LongAdder> first = byExpiry.firstEntry();
    if (first != null && first.getKey() < now) {
      byExpiry.headMap(now).clear();
    }
  }

  /** How many; negative if other nodes' challenges are ended here. */
  long sum() {
    return byExpiry.tailMap(step(clock.instant())).values().stream()
        .mapToLong(LongAdder::sum)
        .sum();
  }

  private static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }
}
