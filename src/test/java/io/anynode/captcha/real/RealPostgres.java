package io.anynode.captcha.real;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, from Maven Central's binaries, on 127.0.0.1; or the one that {@code
 * CAPTCHA_TEST_POSTGRES_URL} names: a JDBC URL with {@code user} and {@code password}, of a user
 * that may create databases and users. One that cannot be started fails the test.
 */
public final class RealPostgres implements RealDatabase {

  /** An ordinary user, with a password that is checked. */
  public static final String USER = "captcha";

  public static final String PASSWORD = "a-test-only-password";

  /** What is before a statement in the log. */
  private static final Pattern STATEMENT = Pattern.compile("^.*LOG: +(statement|execute [^:]+): ");

  /** The server that tests share, started when the first of them asks. */
  private static final class Shared {
    static final Databases DATABASES =
        Databases.of(System.getenv("CAPTCHA_TEST_POSTGRES_URL"), () -> start().databases);
  }

  private final Path folder = TestFolders.create("postgres");
  private final int port = TestFolders.freePort();
  private final Databases databases =
      Databases.ofPassing(
          "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
              .formatted(port, USER, PASSWORD));
  private @Nullable EmbeddedPostgres server;

  private RealPostgres() {}

  /** The URL of a new, empty database, with user and password in it. */
  public static String url() {
    return Shared.DATABASES.create();
  }

  /** Starts a server for this caller alone, so that it can be stopped. */
  public static RealPostgres start() {
    RealPostgres postgres = new RealPostgres();
    postgres.startAgain();
    postgres.prepareUser();
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    return postgres;
  }

  @Override
  public String database() {
    return databases.create();
  }

  @Override
  public void startAgain() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(TestFolders.binaries("postgres").toFile())
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .setServerConfig("synchronous_commit", "on") // what is committed outlives a kill
              .setOutputRedirector(log())
              .setErrorRedirector(log())
              .setPGStartupWait(Duration.ofSeconds(60))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PostgreSQL does not start; set CAPTCHA_TEST_POSTGRES_URL.", e);
    }
  }

  private ProcessBuilder.Redirect log() {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile());
  }

  private void prepareUser() {
    try {
      Path access = folder.resolve("data").resolve("pg_hba.conf");
      Files.writeString(
          access,
          """
          host all postgres 127.0.0.1/32 trust
          host all all 127.0.0.1/32 scram-sha-256
          """);
      String url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_reload_conf()");
        statement.execute(
            "CREATE ROLE %s LOGIN CREATEDB CREATEROLE PASSWORD '%s'".formatted(USER, PASSWORD));
      }
      // In each database that is made from now on.
      try (Connection connection =
              DriverManager.getConnection(url.replace("/postgres?", "/template1?"));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE EXTENSION pg_stat_statements");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Has new connections to a database log their statements, for {@link #statements}. */
  public void logStatements(String url) {
    setting(url, "log_statement = 'all'");
  }

  /**
   * Has new connections to a database look for a deadlock after so long, and not after a second.
   */
  public void findDeadlocksAfter(String url, Duration wait) {
    setting(url, "deadlock_timeout = '" + wait.toMillis() + "ms'");
  }

  private void setting(String url, String setting) {
    ask(
        "ALTER DATABASE %s SET %s"
            .formatted(url.replaceFirst(".*/", "").replaceFirst("\\?.*", ""), setting));
  }

  /** Has it log all statements from now on, or none. */
  public void logAllStatements(boolean all) {
    ask("ALTER SYSTEM SET log_statement = '" + (all ? "all" : "none") + "'");
    ask("SELECT pg_reload_conf()");
  }

  /** The server's first process, whose children do the work. */
  public long pid() {
    return handle().pid();
  }

  /** The statements that an action has the server run, by its own log. */
  public List<String> statements(Runnable action) {
    Path log = folder.resolve("log");
    try {
      long before = Files.size(log);
      action.run();
      byte[] all = Files.readAllBytes(log);
      return new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> STATEMENT.matcher(line).find())
          .map(line -> STATEMENT.matcher(line).replaceFirst(""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(String statement) {
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
    try (Connection connection = DriverManager.getConnection(url);
        Statement asked = connection.createStatement()) {
      asked.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void stop() {
    EmbeddedPostgres running = server;
    server = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void kill() {
    handle().destroyForcibly();
    handle().onExit().join();
    stop();
  }

  @Override
  public void pause() {
    TestFolders.pause(handle());
  }

  @Override
  public void resume() {
    TestFolders.resume(handle());
  }

  private ProcessHandle handle() {
    try {
      String pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).get(0);
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    TestFolders.delete(folder);
  }
}
