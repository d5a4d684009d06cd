package io.anynode.captcha.server.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealRedis;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaugesTest {

  private static Row row(Kept kept) {
    return new Row("x", Way.ROUND_ROBIN, kept);
  }

  @Test
  void memoryAsksNoStore() {
    try (Cost.Gauge gauge = Gauges.of(row(Kept.MEMORY), Map.of())) {
      assertThat(gauge.trips()).isZero();
      assertThat(gauge.bytes()).isNull();
    }
  }

  @Test
  void aFoldersFilesAreAddedUp(@TempDir Path folder) throws Exception {
    Files.write(Files.createDirectory(folder.resolve("a")).resolve("b"), new byte[30]);
    Files.write(folder.resolve("c"), new byte[12]);
    try (Cost.Gauge gauge = Gauges.of(row(Kept.FILE), Map.of(Stores.FILE_DIR, folder.toString()))) {
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
        Cost.Gauge gauge = Gauges.of(row(Kept.REDIS), settings)) {
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
    try (Cost.Gauge gauge = Gauges.of(row(Kept.REDIS), settings)) {
      assertThat(gauge.trips()).isNull();
      assertThat(gauge.bytes()).isNull();
    }
  }

  @Test
  void h2CountsStatements() throws Exception {
    String url = "jdbc:h2:mem:lab-gauge";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        Cost.Gauge gauge = Gauges.of(row(Kept.JDBC), Map.of(Stores.JDBC_URL, url))) {
      statement.execute("CREATE TABLE T (A INT)");
      long before = requireNonNull(gauge.trips());
      for (int i = 0; i < 10; i++) {
        statement.execute("INSERT INTO T VALUES (1)");
      }
      // Its own question is a statement, too.
      assertThat(requireNonNull(gauge.trips()) - before).isBetween(10L, 11L);
    }
  }
}
