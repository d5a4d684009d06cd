package io.anynode.captcha.session.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Statements that share the time of the call that they are made for: waiting for a connection, for
 * locks and for each answer adds up to no more. A driver's own limits are one a statement, and
 * PostgreSQL's is in whole seconds.
 *
 * <p>The limit is set on the connection, without asking the server; the pool puts its own back.
 */
final class TimedJdbc extends JdbcTemplate {

  private final long nanos;
  private final ThreadLocal<@Nullable Long> ends = new ThreadLocal<>();

  /**
   * Makes no connection.
   *
   * @param each how long a call may take; null for connections whose owner sets their limits
   */
  TimedJdbc(DataSource connections, @Nullable Duration each) {
    super(connections);
    this.nanos = each == null ? 0 : each.toNanos();
  }

  /** Makes a call; one that is made within another has what is left of that one's time. */
  <T extends @Nullable Object> T call(Supplier<T> work) {
    if (nanos == 0 || ends.get() != null) {
      return work.get();
    }
    ends.set(System.nanoTime() + nanos);
    try {
      return work.get();
    } finally {
      ends.remove();
    }
  }

  @Override
  protected void applyStatementSettings(Statement statement) throws SQLException {
    super.applyStatementSettings(statement);
    Long end = ends.get();
    if (end != null) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new SQLTimeoutException("a call to the session database took too long");
      }
      statement.getConnection().setNetworkTimeout(Runnable::run, Math.toIntExact(left));
    }
  }
}
