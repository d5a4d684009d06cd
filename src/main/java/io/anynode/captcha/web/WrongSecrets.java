package io.anynode.captcha.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of servers that ask siteverify with another secret: at once, then once a minute at most
 * with the number of requests, since whoever guesses must not be able to fill a log. Safe for use
 * by many threads.
 */
final class WrongSecrets {

  private static final Logger log = LoggerFactory.getLogger(WrongSecrets.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Clock clock;
  private Instant next = Instant.MIN;
  private long untold;

  WrongSecrets(Clock clock) {
    this.clock = clock;
  }

  /** Counts one request. Those after the last line are told with the next one. */
  void count() {
    long told = toTell();
    if (told > 0) {
      log.warn(
          "A server asks siteverify with another secret than captcha.siteverify.secret: {}"
              + " request(s) since the last such line. Set the same in both.",
          told);
    }
  }

  private synchronized long toTell() {
    untold++;
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return 0;
    }
    long told = untold;
    untold = 0;
    next = now.plus(PAUSE);
    return told;
  }
}
