package io.anynode.captcha.bench;

import io.anynode.captcha.real.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * A database on a PostgreSQL server of its own. Its bytes are those of all tables and indexes once
 * nothing dead is in them; its trips are the statements in the server's log but for {@code BEGIN},
 * which the driver sends along with the next.
 */
record PostgresStore(RealPostgres server, String url) implements Store {

  private static final String ALL_BYTES =
      "SELECT sum(pg_total_relation_size(relid)) FROM pg_catalog.pg_statio_user_tables";

  /** A server with a database that has nothing in it. */
  static PostgresStore start() {
    RealPostgres server = RealPostgres.start();
    return new PostgresStore(server, server.database());
  }

  /** The same with the tables that Spring Session's documentation has one make. */
  static PostgresStore forSpring() {
    return start().with(new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"));
  }

  /** The same with the table that Tomcat's documentation has one make. */
  static PostgresStore forTomcat() {
    return start()
        .with(
            new ByteArrayResource(
                """
                CREATE TABLE tomcat_sessions (
                  session_id varchar(100) NOT NULL PRIMARY KEY,
                  valid_session char(1) NOT NULL,
                  max_inactive int NOT NULL,
                  last_access bigint NOT NULL,
                  app_name varchar(255),
                  session_data bytea);
                CREATE INDEX kapp_name ON tomcat_sessions(app_name);
                """
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private PostgresStore with(Resource schema) {
    try (Connection connection = DriverManager.getConnection(url)) {
      ScriptUtils.executeSqlScript(connection, schema);
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Long> pids() {
    return List.of(server.pid());
  }

  @Override
  public long bytes(Nodes nodes) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM FULL");
      try (ResultSet found = statement.executeQuery(ALL_BYTES)) {
        return found.next() ? found.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long trips(Runnable action) {
    server.logAllStatements(true);
    try {
      return server.statements(action).stream()
          .filter(statement -> !statement.regionMatches(true, 0, "BEGIN", 0, 5))
          .count();
    } finally {
      server.logAllStatements(false);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
