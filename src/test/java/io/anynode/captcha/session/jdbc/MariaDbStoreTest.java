package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.real.RealMariaDb;
import java.sql.SQLException;
import java.sql.Statement;

/** The contract over a real MariaDB. */
class MariaDbStoreTest extends JdbcStoreContract {

  @Override
  String newDatabase() {
    return RealMariaDb.url();
  }

  @Override
  void createRestrictedUser(Statement admin, String user, String password) throws SQLException {
    admin.execute("CREATE USER %s IDENTIFIED BY '%s'".formatted(user, password));
    admin.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON %s.* TO %s"
            .formatted(admin.getConnection().getCatalog(), user));
  }
}
