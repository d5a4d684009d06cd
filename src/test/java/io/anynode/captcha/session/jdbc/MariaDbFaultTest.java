package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.real.RealDatabase;
import io.anynode.captcha.real.RealMariaDb;

/** A real MariaDB that fails. */
class MariaDbFaultTest extends DatabaseFaultContract {

  @Override
  RealDatabase start() {
    return RealMariaDb.start();
  }
}
