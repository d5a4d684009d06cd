package io.anynode.captcha.session.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The time by which sessions are swept: the earlier one of the node's clock and the database's, so
 * that one clock that is ahead ends nobody's session. Says so in the log when they differ.
 */
final class DatabaseClock {

  /** What clocks may differ by. */
  static final Duration SKEW = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

  private final JdbcTemplate jdbc;
  private final String query;
  private final LongSupplier own;
  private boolean apart;

  /**
   * Asks nothing yet.
   *
   * @param query answers with the database's time in milliseconds since 1970
   * @param own the node's
   */
  DatabaseClock(JdbcTemplate jdbc, String query, LongSupplier own) {
    this.jdbc = jdbc;
    this.query = query;
    this.own = own;
  }

  /** The earlier one, in milliseconds since 1970. */
  long earlier() {
    List<Long> answer = jdbc.queryForList(query, Long.class);
    long node = own.getAsLong();
    long database = answer.get(0);
    compare(node - database);
    return Math.min(node, database);
  }

  private void compare(long ahead) {
    boolean now = Math.abs(ahead) > SKEW.toMillis();
    if (now && !apart) {
      log.warn(
          "This node's clock is {} s {} the database's: challenges and sessions end too early or too"
              + " late. Set both by NTP.",
          Math.abs(ahead) / 1_000,
          ahead > 0 ? "ahead of" : "behind");
    }
    apart = now;
  }
}
