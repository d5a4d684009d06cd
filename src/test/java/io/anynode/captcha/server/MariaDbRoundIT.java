package io.anynode.captcha.server;

import io.anynode.captcha.real.RealMariaDb;
import java.util.Map;

/** The cluster over MariaDB. */
class MariaDbRoundIT extends ClusterContract {

  @Override
  Map<String, String> settings() {
    return Map.of("captcha.session.jdbc.url", RealMariaDb.url());
  }
}
