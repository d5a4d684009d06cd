package io.anynode.captcha.server.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealMariaDb;
import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaugesTest {

  private static Row row(Kept kept) {
    return new Row("x", Way.ROUND_ROBIN, kept);
  }

  private static Cost.Gauge gauge(Kept kept, Map<String, String> settings) {
    return Gauges.of(row(kept), settings);
  }

  @Test
  void memoryAsksNoStore() {
    try (Cost.Gauge gauge = gauge(Kept.MEMORY, Map.of())) {
      assertThat(gauge.trips()).isZero();
      assertThat(gauge.bytes()).as("only the heaps tell").isNull();
    }
  }

  @Test
  void aFoldersFilesAreAddedUp(@TempDir Path folder) throws Exception {
    Files.write(Files.createDirectory(folder.resolve("a")).resolve("b"), new byte[30]);
    Files.write(folder.resolve("c"), new byte[12]);
    try (Cost.Gauge gauge = gauge(Kept.FILE, Map.of(Stores.FILE_DIR, folder.toString()))) {
      assertThat(gauge.bytes()).isEqualTo(42);
      assertThat(gauge.trips()).isNull();
    }
  }

  @Test
  void redisCountsWhatClientsSendForTheRowsKeysAndNotWhatTheirScriptsDo() throws Exception {
    URI uri = URI.create(RealRedis.singleUri());
    Map<String, String> settings =
        Map.of(Stores.REDIS_URI, uri.toString(), Stores.REDIS_NAMESPACE, "lab-gauge");
    try (RedisConsole client = RedisConsole.open(uri);
        Cost.Gauge gauge = gauge(Kept.REDIS, settings)) {
      long before = requireNonNull(gauge.trips());
      assertThat(client.ask("SET", "lab-gauge:a", "b".repeat(100))).isEqualTo("OK");
      assertThat(client.ask("SET", "another", "x")).isEqualTo("OK");
      String script = "redis.call('GET', KEYS[1]) return redis.call('STRLEN', KEYS[1])";
      assertThat(client.ask("EVAL", script, "1", "lab-gauge:a")).isEqualTo(100L);

      assertThat(requireNonNull(gauge.trips()) - before).isEqualTo(2);
      assertThat(requireNonNull(gauge.bytes())).isBetween(100L, 400L);
      assertThat(requireNonNull(gauge.trips()) - before).isEqualTo(2);
      Object unused = client.ask("DEL", "lab-gauge:a", "another");
    }
  }

  @Test
  void aRedisThatCannotBeAskedTellsNothing() {
    Map<String, String> settings =
        Map.of(
            Stores.REDIS_URI, "redis-cluster://127.0.0.1:1", Stores.REDIS_NAMESPACE, "lab-gauge");
    try (Cost.Gauge gauge = gauge(Kept.REDIS, settings)) {
      assertThat(gauge.trips()).isNull();
      assertThat(gauge.bytes()).isNull();
    }
  }

  @Test
  void h2CountsStatements() throws Exception {
    String url = "jdbc:h2:mem:lab-gauge";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        Cost.Gauge gauge = gauge(Kept.JDBC, Map.of(Stores.JDBC_URL, url))) {
      statement.execute("CREATE TABLE T (A INT)");
      long before = requireNonNull(gauge.trips());
      for (int i = 0; i < 10; i++) {
        statement.execute("INSERT INTO T VALUES (1)");
      }
      // Its own question is a statement, too.
      assertThat(requireNonNull(gauge.trips()) - before).isBetween(10L, 11L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void aRealDatabaseCountsStatementsAndTheBytesOfSessions(String database) throws Exception {
    String url = database.equals("mariadb") ? RealMariaDb.url() : RealPostgres.url();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE SPRING_SESSION (PRIMARY_ID CHAR(36))");
      statement.execute(
          "CREATE TABLE SPRING_SESSION_ATTRIBUTES (ATTRIBUTE_NAME VARCHAR(200), ATTRIBUTE_BYTES "
              + (database.equals("mariadb") ? "BLOB)" : "BYTEA)"));
      try (Cost.Gauge gauge = gauge(Kept.JDBC, Map.of(Stores.JDBC_URL, url))) {
        long empty = requireNonNull(gauge.bytes());
        Long before = gauge.trips();
        for (int i = 0; i < 10; i++) {
          statement.execute("INSERT INTO SPRING_SESSION VALUES ('a')");
        }
        Long after = gauge.trips();
        statement.execute("INSERT INTO SPRING_SESSION_ATTRIBUTES VALUES ('name', '12345')");

        assertThat(requireNonNull(gauge.bytes()) - empty).isEqualTo(10 * 104 + 4 + 5 + 36);
        if (database.equals("postgresql") && !hasExtension(statement)) {
          assertThat(after).as("a server of one's own, without pg_stat_statements").isNull();
        } else {
          // Its own question is a statement, too, and a shared server may be asked by others.
          assertThat(requireNonNull(after) - requireNonNull(before)).isBetween(10L, 20L);
        }
      }
    }
  }

  private static boolean hasExtension(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements'")) {
      return found.next();
    }
  }
}
