package io.anynode.captcha.real;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates databases on a server.
 *
 * @param admin the URL of a database that is there, with a user that may create others
 * @param lasting whether the server outlives the tests, so that their databases are to be dropped
 */
record Databases(String admin, boolean lasting) {

  /** Those of one's own server, or of one that is started. */
  static Databases of(@Nullable String own, Supplier<Databases> started) {
    return own == null || own.isBlank() ? started.get() : new Databases(own, true);
  }

  /** Those of a server that goes with the tests. */
  static Databases ofPassing(String admin) {
    return new Databases(admin, false);
  }

  /** The URL of a new, empty database. */
  String create() {
    String name = "captcha_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    execute("CREATE DATABASE " + name);
    if (lasting) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(name)));
    }
    return admin.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
  }

  private void drop(String name) {
    // A pool that a test left open would keep PostgreSQL from it.
    String force = admin.startsWith("jdbc:postgresql:") ? " WITH (FORCE)" : "";
    execute("DROP DATABASE " + name + force);
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(admin);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError("The test server does not do this: " + sql, e);
    }
  }
}
