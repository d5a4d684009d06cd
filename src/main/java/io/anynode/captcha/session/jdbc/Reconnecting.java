package io.anynode.captcha.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * New connections for a pool, which come as soon as the database is back: each failed try is
 * followed by another one a moment later. HikariCP doubles its own pause from failure to failure,
 * up to five seconds, and would leave a database that is well again alone for so long; so it is
 * told of no failure that may pass. It asks for one connection at a time, in a thread of its own.
 *
 * <p>A refusal by SQL state 28, 3D or 42 (the password, the database's name, a right) is passed on:
 * only a person ends that, and the pool's longer pauses spare the server's log.
 */
final class Reconnecting extends DelegatingDataSource implements AutoCloseable {

  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable SQLException failure;

  /**
   * Connects to nothing yet.
   *
   * @param connections makes each, or fails in a time that it limits itself
   * @param pause between a failure and the next try
   */
  Reconnecting(DataSource connections, Duration pause) {
    super(connections);
    this.pause = pause;
  }

  /** Why there is no new connection at present; null if the last try did not fail. */
  @Nullable SQLException failure() {
    return failure;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connected(super::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return connected(() -> super.getConnection(username, password));
  }

  private interface Attempt {
    Connection connection() throws SQLException;
  }

  private Connection connected(Attempt attempt) throws SQLException {
    while (true) {
      try {
        Connection made = attempt.connection();
        failure = null;
        return made;
      } catch (SQLException e) {
        failure = e;
        if (isLasting(e)) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static boolean isLasting(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("28") || state.startsWith("3D") || state.startsWith("42"));
  }

  private void pause(SQLException e) throws SQLException {
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        throw e;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }

  /** Ends the tries, before the pool waits for their end. */
  @Override
  public void close() {
    closed.countDown();
  }
}
