package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.codec;
import static io.anynode.captcha.session.jdbc.Nodes.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.settings.SessionSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.session.Session;

/** The contract over a real PostgreSQL. */
class PostgresStoreTest extends JdbcStoreContract {

  @Override
  String newDatabase() {
    return RealPostgres.url();
  }

  /** From PostgreSQL 15 on, nobody but the owner may create tables. */
  @Override
  void createRestrictedUser(Statement admin, String user, String password) throws SQLException {
    admin.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, password));
  }

  // A save is one statement, which does not see what is committed while it waits.

  @Test
  void aSaveThatWaitedForAnotherOfItsSessionGoesOnFromWhatThatLeft() throws Exception {
    assertThat(
            afterASaveThatWaitedFor(
                "UPDATE SPRING_SESSION SET LAST_ACCESS_TIME = LAST_ACCESS_TIME + 1",
                "UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = ?"
                    + " WHERE ATTRIBUTE_NAME <> 'gone'",
                "DELETE FROM SPRING_SESSION_ATTRIBUTES WHERE ATTRIBUTE_NAME = 'gone'",
                "INSERT INTO SPRING_SESSION_ATTRIBUTES"
                    + " SELECT PRIMARY_ID, 'added', ? FROM SPRING_SESSION"))
        .isEqualTo(Map.of("left", "other", "changed", "mine", "added", "mine", "alone", "mine"));
  }

  @Test
  void aSaveThatWaitedForTheEndOfItsSessionWritesNothing() throws Exception {
    assertThat(afterASaveThatWaitedFor("DELETE FROM SPRING_SESSION")).isEmpty();
  }

  @Test
  void aSaveThatWaitedForANewIdOfItsSessionIsThatSessions() throws Exception {
    assertThat(afterASaveThatWaitedFor("UPDATE SPRING_SESSION SET SESSION_ID = 'new'"))
        .isEqualTo(
            Map.of(
                "left", "left", "changed", "mine", "gone", "mine", "added", "mine", "alone",
                "mine"));
  }

  /** The attributes that are left at the end; the other's statements write "other". */
  private Map<String, String> afterASaveThatWaitedFor(String... others) throws Exception {
    String url = newDatabase();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (JdbcStore node = Nodes.open(url);
        Connection other = DriverManager.getConnection(url)) {
      String id = saved(node);
      other.setAutoCommit(false);
      for (String sql : others) {
        try (PreparedStatement statement = other.prepareStatement(sql)) {
          if (sql.contains("?")) {
            statement.setBytes(1, Nodes.codec().write("other"));
          }
          statement.executeUpdate();
        }
      }
      Future<?> save = threads.submit(() -> request(node, id, PostgresStoreTest::change));
      await().atMost(20, SECONDS).until(() -> waiting(url) == 1);

      other.commit();

      save.get(20, SECONDS);
      return attributes(url);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String saved(JdbcStore node) {
    String id = Nodes.saved(node, "left", "left");
    request(
        node,
        id,
        session -> {
          for (String name : new String[] {"changed", "gone", "removed"}) {
            session.setAttribute(name, "before");
          }
        });
    return id;
  }

  private static void change(Session session) {
    for (String name : new String[] {"changed", "gone", "added", "alone"}) {
      session.setAttribute(name, "mine");
    }
    session.removeAttribute("removed");
  }

  private static long waiting(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Map<String, String> attributes(String url) throws SQLException {
    Map<String, String> found = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT ATTRIBUTE_NAME, ATTRIBUTE_BYTES FROM SPRING_SESSION_ATTRIBUTES")) {
      while (rows.next()) {
        found.put(rows.getString(1), Nodes.codec().readText(rows.getBytes(2)));
      }
    }
    return found;
  }

  @Test
  void whileANodeSweepsNoOtherDoesAndOneThatDiesInTheMiddleLeavesAllToTheOthers() throws Exception {
    String url = newDatabase();
    SessionSettings settings = notSweeping(url);
    try (Source source =
        Source.of(settings.jdbc(), Path.of("not-to-be-used"), getClass().getClassLoader())) {
      Database database = Database.prepare(source, settings, codec());
      for (int i = 0; i < 30; i++) {
        StoredSession session = database.create();
        session.setLastAccessedTime(Instant.now().minus(Duration.ofHours(1)));
        database.save(session);
      }
      try (Connection other = DriverManager.getConnection(url)) {
        other.setAutoCommit(false);
        assertThat(swept(other, 10)).isEqualTo(10);
        assertThat(database.sweep(10)).as("it is the other's turn").isZero();

        other.commit();
        assertThat(database.sweep(10)).isEqualTo(10);
        assertThat(swept(other, 5)).isEqualTo(5);
        other.abort(Runnable::run);
      }

      await().until(() -> database.sweep(100) == 10);
      assertThat(database.sweep(100)).isZero();
    }
  }

  /** What another node does, whose transaction is still open. */
  private static int swept(Connection node, int limit) throws SQLException {
    try (PreparedStatement sweep = node.prepareStatement(Dialect.POSTGRESQL.sweep())) {
      sweep.setLong(1, System.currentTimeMillis());
      sweep.setInt(2, limit);
      return sweep.executeUpdate();
    }
  }
}
