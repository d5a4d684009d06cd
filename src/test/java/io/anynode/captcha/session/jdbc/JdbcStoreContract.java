package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStoreContract;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a store in a database has to do beside: the contract's looks into the tables. */
abstract class JdbcStoreContract extends SessionStoreContract {

  /** The URL of the database that all nodes of this test share, with user and password. */
  abstract String url();

  @Override
  protected SessionStore openNode() {
    return open(url());
  }

  static JdbcStore open(String url) {
    SessionSettings defaults = TestSettings.session(StoreKind.JDBC);
    return open(TestSettings.withJdbc(defaults, url, null, null));
  }

  static JdbcStore open(SessionSettings settings) {
    return JdbcStore.open(
        settings,
        Path.of("not-to-be-used"),
        new AttributeCodec(JdbcStoreContract.class.getClassLoader()));
  }

  @Override
  protected long storedSessions() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM SPRING_SESSION")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  protected void damage(String sessionId, String attribute) throws SQLException {
    String sql =
        "UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = ? WHERE ATTRIBUTE_NAME = ?"
            + " AND SESSION_PRIMARY_ID ="
            + " (SELECT PRIMARY_ID FROM SPRING_SESSION WHERE SESSION_ID = ?)";
    try (Connection connection = DriverManager.getConnection(url());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, new byte[] {1, 2, 3});
      statement.setString(2, attribute);
      statement.setString(3, sessionId);
      statement.executeUpdate();
    }
  }
}
