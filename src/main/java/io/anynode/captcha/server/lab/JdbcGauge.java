package io.anynode.captcha.server.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts in a database: H2's statistics of statements, MariaDB's questions, and what PostgreSQL's
 * extension {@code pg_stat_statements} counts, without which it tells no number. The bytes are
 * those of the rows' contents, without what the database adds.
 */
final class JdbcGauge implements Cost.Gauge {

  private static final String BYTES =
      "SELECT COALESCE(SUM(OCTET_LENGTH(ATTRIBUTE_NAME) + OCTET_LENGTH(ATTRIBUTE_BYTES) + 36), 0)"
          + " FROM SPRING_SESSION_ATTRIBUTES";

  /** A session's row: two ids of 36 characters, and four numbers of 8 bytes. */
  private static final String SESSIONS = "SELECT COUNT(*) * 104 FROM SPRING_SESSION";

  private static final String CALLS =
      "SELECT COALESCE(SUM(calls), 0) FROM pg_stat_statements WHERE dbid ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())";

  private final Connection connection;
  private final @Nullable String trips;

  private JdbcGauge(Connection connection, @Nullable String trips) {
    this.connection = connection;
    this.trips = trips;
  }

  /** Opens a connection of its own; one that tells nothing if there is none to be had. */
  static Cost.Gauge open(Map<String, String> settings) {
    String url = Objects.requireNonNull(settings.get(Stores.JDBC_URL));
    String user = settings.get("captcha.session.jdbc.user");
    try {
      Connection connection =
          user == null
              ? DriverManager.getConnection(url)
              : DriverManager.getConnection(
                  url, user, settings.get("captcha.session.jdbc.password"));
      return new JdbcGauge(connection, counter(url, connection));
    } catch (SQLException e) {
      return Cost.SILENT;
    }
  }

  private static @Nullable String counter(String url, Connection connection) throws SQLException {
    if (url.startsWith("jdbc:h2:")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000");
        statement.execute("SET QUERY_STATISTICS TRUE");
      }
      return "SELECT SUM(EXECUTION_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS";
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return answers(connection, CALLS) ? CALLS : null;
    }
    return url.startsWith("jdbc:mariadb:")
        ? "SELECT VARIABLE_VALUE FROM INFORMATION_SCHEMA.GLOBAL_STATUS"
            + " WHERE VARIABLE_NAME = 'QUESTIONS'"
        : null;
  }

  /** Whether the extension is there and may be asked. */
  private static boolean answers(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public @Nullable Long trips() {
    return trips == null ? null : number(trips);
  }

  @Override
  public @Nullable Long bytes() {
    Long attributes = number(BYTES);
    Long sessions = number(SESSIONS);
    return attributes == null || sessions == null ? null : attributes + sessions;
  }

  private @Nullable Long number(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getLong(1) : null;
    } catch (SQLException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was for looking only.
    }
  }
}
