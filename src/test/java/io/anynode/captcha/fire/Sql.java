package io.anynode.captcha.fire;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database's console. */
final class Sql {

  private static final String POSTGRES_LOCKS =
      """
      CREATE OR REPLACE FUNCTION fire_lock() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        a int := 1 + floor(random() * 3);
        b int := 1 + floor(random() * 3);
      BEGIN
        UPDATE fire_lock SET n = n + 1 WHERE id = a;
        PERFORM pg_sleep(0.005);
        UPDATE fire_lock SET n = n + 1 WHERE id = b;
        RETURN NULL;
      END $$
      """;
  private static final String POSTGRES_TRIGGER =
      """
      CREATE TRIGGER fire AFTER INSERT ON SPRING_SESSION_ATTRIBUTES
      FOR EACH ROW EXECUTE FUNCTION fire_lock()
      """;
  private static final String MARIADB_TRIGGER =
      """
      CREATE TRIGGER fire AFTER INSERT ON SPRING_SESSION_ATTRIBUTES FOR EACH ROW
      BEGIN
        DECLARE a INT DEFAULT 1 + FLOOR(RAND() * 3);
        DECLARE b INT DEFAULT 1 + FLOOR(RAND() * 3);
        DECLARE z INT;
        UPDATE fire_lock SET n = n + 1 WHERE id = a;
        SET z = SLEEP(0.005);
        UPDATE fire_lock SET n = n + 1 WHERE id = b;
      END
      """;

  private Sql() {}

  static void run(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        boolean unused = statement.execute(sql);
      }
    }
  }

  /** The first column of all rows, or the last one of the only row. */
  static List<String> ask(String url, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(rows.getMetaData().getColumnCount()));
      }
    }
    return found;
  }

  static boolean isPostgres(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  /** Ends every connection but this one. */
  static void hangUp(String url) throws SQLException {
    if (isPostgres(url)) {
      run(
          url,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE pid <> pg_backend_pid() AND datname = current_database()");
      return;
    }
    for (String id :
        ask(
            url,
            "SELECT id FROM information_schema.processlist"
                + " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
      try {
        run(url, "KILL " + id);
      } catch (SQLException gone) {
        // It has ended by itself.
      }
    }
  }

  /** Has transactions that save sessions lock rows in any order, so that some are deadlocked. */
  static void deadlock(String url) throws SQLException {
    run(
        url,
        "CREATE TABLE fire_lock (id INT PRIMARY KEY, n INT)",
        "INSERT INTO fire_lock VALUES (1, 0), (2, 0), (3, 0)");
    if (isPostgres(url)) {
      run(url, POSTGRES_LOCKS, POSTGRES_TRIGGER);
    } else {
      run(url, MARIADB_TRIGGER);
    }
  }

  static void noMoreDeadlocks(String url) throws SQLException {
    run(
        url,
        isPostgres(url) ? "DROP TRIGGER fire ON SPRING_SESSION_ATTRIBUTES" : "DROP TRIGGER fire");
  }

  /** What the server counted. */
  static String evidence(String url) {
    try {
      return isPostgres(url)
          ? ask(
                  url,
                  "SELECT deadlocks || ' deadlocks, ' || xact_rollback || ' rollbacks'"
                      + " FROM pg_stat_database WHERE datname = current_database()")
              .get(0)
          : ask(url, "SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'").get(0) + " deadlocks";
    } catch (SQLException e) {
      return e.toString();
    }
  }

  /** Every connection that the server has. */
  static final class Hog implements AutoCloseable {

    private final List<Connection> held = new ArrayList<>();

    /** The workers' pools are at it too: so it takes some rounds until they have none. */
    void take(String url) throws SQLException {
      takeFree(url);
      for (int round = 0; round < 200; round++) {
        int others = hangUpOthers(url);
        int before = held.size();
        takeFree(url);
        if (others == 0 && held.size() == before) {
          return;
        }
      }
      throw new AssertionError("the workers still have connections");
    }

    private void takeFree(String url) {
      try {
        while (held.size() < 2_000) {
          held.add(DriverManager.getConnection(url));
        }
      } catch (SQLException none) {
        return;
      }
    }

    /** Takes each connection that the workers lose, faster than they can have it back. */
    private int hangUpOthers(String url) throws SQLException {
      List<String> mine = new ArrayList<>();
      for (Connection each : held) {
        mine.add(idOf(each, url));
      }
      String not = " NOT IN (" + String.join(",", mine) + ")";
      List<String> others =
          asked(
              isPostgres(url)
                  ? "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid"
                      + not
                  : "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id"
                      + not);
      for (String id : others) {
        try {
          List<String> unused =
              asked(isPostgres(url) ? "SELECT pg_terminate_backend(" + id + ")" : "KILL " + id);
        } catch (SQLException gone) {
          // It has ended by itself.
        }
      }
      return others.size();
    }

    private List<String> asked(String sql) throws SQLException {
      List<String> found = new ArrayList<>();
      try (Statement statement = held.get(0).createStatement()) {
        if (statement.execute(sql)) {
          ResultSet rows = statement.getResultSet();
          while (rows.next()) {
            found.add(rows.getString(1));
          }
        }
      }
      return found;
    }

    private static String idOf(Connection connection, String url) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet id =
              statement.executeQuery(
                  isPostgres(url) ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()")) {
        id.next();
        return id.getString(1);
      }
    }

    @Override
    public void close() throws SQLException {
      for (Connection each : held) {
        each.close();
      }
      held.clear();
    }
  }
}
