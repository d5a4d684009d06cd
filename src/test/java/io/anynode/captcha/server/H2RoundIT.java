package io.anynode.captcha.server;

import java.sql.SQLException;
import java.util.Map;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The cluster over an H2 server, as the embedded default has it. */
class H2RoundIT extends ClusterContract {

  private @Nullable Server server;

  @Override
  Map<String, String> settings() throws SQLException {
    Server started = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists").start();
    server = started;
    return Map.of(
        "captcha.session.jdbc.url",
        "jdbc:h2:tcp://127.0.0.1:" + started.getPort() + "/mem:round;DB_CLOSE_DELAY=-1",
        "captcha.session.jdbc.user",
        "sa");
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.stop();
    }
  }
}
