package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.real.RealMariaDb;

/** The contract over a real MariaDB. */
class MariaDbStoreTest extends JdbcStoreContract {

  private final String url = RealMariaDb.url();

  @Override
  String url() {
    return url;
  }
}
