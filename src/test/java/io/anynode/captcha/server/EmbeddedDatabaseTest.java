package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @Test
  void whatIsCommittedWhileTheProcessEndsIsThereInTheNext(@TempDir Path folder) throws Exception {
    Path database = Files.createDirectory(folder.resolve("h2"));
    Path said = folder.resolve("said");
    Process ending =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                database.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    try {
      assertThat(ending.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      ending.destroyForcibly();
    }
    assertThat(Files.readString(said)).isEmpty();
    try (Ending.Opened again = Ending.Opened.in(database)) {
      assertThat(again.rows()).isEqualTo(100);
    }
  }

  /** A process that ends while a worker of its still writes. */
  static final class Ending {

    private Ending() {}

    public static void main(String... arguments) throws SQLException {
      Opened opened = Opened.in(Path.of(arguments[0]));
      opened.execute("CREATE TABLE KEPT(ID INT PRIMARY KEY)");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    awaitOtherHooks();
                    opened.writeWhole();
                    opened.close();
                  }));
      System.exit(0);
    }

    /** H2 registers one of its own, which does what it does before the last worker writes. */
    private static void awaitOtherHooks() {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getClass().getSimpleName().equals("OnExitDatabaseCloser")) {
          try {
            thread.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }

    /** The database, and a worker's connection. */
    record Opened(EmbeddedDatabase database, Connection worker) implements AutoCloseable {

      static Opened in(Path folder) throws SQLException {
        EmbeddedDatabase database = EmbeddedDatabase.start(folder);
        Map<String, String> settings = database.settings();
        return new Opened(
            database,
            DriverManager.getConnection(
                settings.get("captcha.session.jdbc.url"),
                settings.get("captcha.session.jdbc.user"),
                settings.get("captcha.session.jdbc.password")));
      }

      void writeWhole() {
        try {
          for (int i = 0; i < 100; i++) {
            execute("INSERT INTO KEPT VALUES(" + i + ")");
          }
        } catch (SQLException e) {
          System.out.println(e.getMessage());
        }
      }

      void execute(String sql) throws SQLException {
        try (Statement statement = worker.createStatement()) {
          statement.execute(sql);
        }
      }

      int rows() throws SQLException {
        try (Statement statement = worker.createStatement();
            ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM KEPT")) {
          rows.next();
          return rows.getInt(1);
        }
      }

      @Override
      public void close() {
        database.close();
      }
    }
  }
}
