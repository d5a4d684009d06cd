package io.anynode.captcha.session.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over an H2 that is served by TCP, as the cluster's workers use it. */
class H2StoreTest extends JdbcStoreContract {

  private int databases;
  private @Nullable Server server;

  @BeforeAll
  void serve(@TempDir Path folder) throws SQLException {
    server =
        Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString(), "-ifNotExists")
            .start();
  }

  @Override
  String newDatabase() {
    int port = server == null ? 0 : server.getPort();
    return "jdbc:h2:tcp://127.0.0.1:%d/./test%d;USER=captcha;PASSWORD=secret"
        .formatted(port, ++databases);
  }

  @Override
  void createRestrictedUser(Statement admin, String user, String password) throws SQLException {
    admin.execute("CREATE USER %s PASSWORD '%s'".formatted(user, password));
  }

  @Override
  protected boolean isForeign(Thread thread) {
    return super.isForeign(thread) || thread.getName().startsWith("H2 TCP Server");
  }

  @Override
  protected void stopBacking() {
    if (server != null) {
      server.stop();
    }
  }
}
