package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.real.RealPostgres;

/** The contract over a real PostgreSQL. */
class PostgresStoreTest extends JdbcStoreContract {

  private final String url = RealPostgres.url();

  @Override
  String url() {
    return url;
  }
}
