package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.atOnce;
import static io.anynode.captcha.session.jdbc.Nodes.saved;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 server that is started again under busy workers. */
class H2RestartTest {

  private static Server serve(String port, Path folder) throws SQLException {
    return Server.createTcpServer("-tcpPort", port, "-baseDir", folder.toString(), "-ifNotExists")
        .start();
  }

  @Test
  void busyConnectionsAreGivenUpAndOpenedAnew(@TempDir Path folder) throws Exception {
    Server server = serve("0", folder);
    String port = Integer.toString(server.getPort());
    try (SessionStore node =
        Nodes.open("jdbc:h2:tcp://127.0.0.1:" + port + "/./x;USER=captcha;PASSWORD=secret")) {
      String id = saved(node, "captcha.1", "content");
      assertThat(atOnce(Collections.nCopies(8, (Callable<Boolean>) () -> finds(node, id))))
          .containsOnly(true);

      server.stop();
      server = serve(port, folder);

      // Asked without a pause: the pool never gets to test a connection that was idle.
      await().pollDelay(0, SECONDS).atMost(20, SECONDS).until(() -> tenInARow(node, id));
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
    } finally {
      server.stop();
    }
  }

  private static boolean tenInARow(SessionStore node, String id) {
    for (int i = 0; i < 10; i++) {
      if (!finds(node, id)) {
        return false;
      }
    }
    return true;
  }

  private static boolean finds(SessionStore node, String id) {
    try {
      return node.sessions().findById(id) != null;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
