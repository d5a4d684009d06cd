package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.real.RealPostgres;
import java.sql.SQLException;
import java.sql.Statement;

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
}
