package io.anynode.captcha.server;

import io.anynode.captcha.real.RealPostgres;
import java.util.Map;

/** The cluster over PostgreSQL. */
class PostgresRoundIT extends ClusterContract {

  @Override
  Map<String, String> settings() {
    return Map.of("captcha.session.jdbc.url", RealPostgres.url());
  }
}
