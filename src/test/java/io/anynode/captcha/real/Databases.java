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
 */
record Databases(String admin) {

  /** Those of one's own server, or of one that is started. */
  static Databases of(@Nullable String own, Supplier<Databases> started) {
    return own == null || own.isBlank() ? started.get() : new Databases(own);
  }

  /** The URL of a new, empty database. */
  String create() {
    String name = "captcha_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    try (Connection connection = DriverManager.getConnection(admin);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new AssertionError("No database can be created on the test server.", e);
    }
    return admin.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
  }
}
