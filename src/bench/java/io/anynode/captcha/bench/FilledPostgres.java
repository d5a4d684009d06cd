package io.anynode.captcha.bench;

import io.anynode.captcha.real.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A PostgreSQL with many sessions. */
final class FilledPostgres implements Filled {

  private static final String COPY =
      """
      WITH copied AS (
        SELECT creation_time, last_access_time, max_inactive_interval, attribute_bytes
        FROM spring_session JOIN spring_session_attributes ON session_primary_id = primary_id
        WHERE attribute_name LIKE 'captcha.%%' ORDER BY creation_time LIMIT 1),
      added AS (
        INSERT INTO spring_session (primary_id, session_id, creation_time, last_access_time,
          max_inactive_interval, expiry_time)
        SELECT gen_random_uuid()::text, gen_random_uuid()::text, creation_time, last_access_time,
          max_inactive_interval, %d + number %% %d
        FROM copied, generate_series(%d, %d) AS number
        RETURNING primary_id)
      INSERT INTO spring_session_attributes (session_primary_id, attribute_name, attribute_bytes)
      SELECT primary_id, 'captcha.' || replace(gen_random_uuid()::text, '-', '')
        || substr(primary_id, 1, 8), attribute_bytes
      FROM added, copied
      """;

  private static final long FOR_EVER = 9007199254740991L;

  private final RealPostgres server = RealPostgres.start();
  private final String url = server.database();

  FilledPostgres() throws SQLException {
    try (EmbeddedNode node = EmbeddedNode.forStore(settings())) {
      node.leaveOpen(1);
    }
    Sql.run(url, "UPDATE spring_session SET expiry_time = " + FOR_EVER);
  }

  @Override
  public String title() {
    return "PostgreSQL";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "captcha.session.store", "jdbc",
        "captcha.session.jdbc.url", url,
        "captcha.session.jdbc.timeout", "10s",
        "captcha.session.cleanup", "1s");
  }

  /** The parent of the process that serves a connection. */
  @Override
  public List<Long> pids() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return List.of(
          ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow().pid());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void add(int from, int to, Instant expires, Duration last) throws SQLException {
    Sql.run(url, COPY.formatted(expires.toEpochMilli(), last.toMillis() + 1, from, to - 1));
  }

  @Override
  public void empty() throws SQLException {
    Sql.run(url, "DELETE FROM spring_session WHERE expiry_time < " + FOR_EVER);
    Sql.run(url, "VACUUM FULL");
  }

  @Override
  public void settle() throws SQLException {
    Sql.run(url, "VACUUM ANALYZE");
    Sql.run(url.replaceFirst("\\?.*", "?user=postgres"), "CHECKPOINT");
  }

  @Override
  public long sessions() throws SQLException {
    return Sql.number(url, "SELECT count(*) FROM spring_session");
  }

  @Override
  public void close() {
    server.close();
  }
}
