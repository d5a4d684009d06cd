package io.anynode.captcha.fire;

import io.anynode.captcha.real.RealDatabase;
import io.anynode.captcha.server.RunningCluster;
import java.util.Map;

/** A PostgreSQL or a MariaDB, and a fault that its own console can make. */
record DatabaseScene(RealDatabase server, String url, Act fault, Act end) implements Scene {

  /** What is done to a server. */
  interface Act {
    void to(RealDatabase server, String url) throws Exception;
  }

  static DatabaseScene of(RealDatabase server, Act fault, Act end) {
    return new DatabaseScene(server, server.database(), fault, end);
  }

  @Override
  public String store() {
    return "jdbc";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("captcha.session.jdbc.url", url);
  }

  @Override
  public void strike(RunningCluster cluster) throws Exception {
    fault.to(server, url);
  }

  @Override
  public void mend(RunningCluster cluster) throws Exception {
    end.to(server, url);
  }

  @Override
  public String evidence() {
    return Sql.evidence(url);
  }

  @Override
  public void close() {
    server.close();
  }
}
