package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.real.RealDatabase;
import io.anynode.captcha.real.RealPostgres;

/** A real PostgreSQL that fails. */
class PostgresFaultTest extends DatabaseFaultContract {

  @Override
  RealDatabase start() {
    return RealPostgres.start();
  }
}
