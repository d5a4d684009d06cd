package io.anynode.captcha.session.jdbc;

import java.nio.file.Path;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over an H2 that is served by TCP, as the cluster's workers use it. */
class H2StoreTest extends JdbcStoreContract {

  private String url = "";
  private @Nullable Server server;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    server =
        Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString(), "-ifNotExists")
            .start();
    url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./shared;USER=captcha;PASSWORD=secret";
  }

  @Override
  String url() {
    return url;
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
