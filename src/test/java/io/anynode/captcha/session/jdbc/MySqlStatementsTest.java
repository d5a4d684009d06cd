package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.atOnce;
import static io.anynode.captcha.session.jdbc.Nodes.saved;
import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealMariaDb;
import io.anynode.captcha.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * The statements for MySQL, which claims in two steps. There is no MySQL among what a build can
 * start; MariaDB knows these statements too, and its driver can be told to say that it is MySQL.
 */
class MySqlStatementsTest {

  @Test
  void aClaimInTwoStepsHasOneWinner() throws Exception {
    String url = RealMariaDb.url() + "&useMysqlMetadata=true";
    try (SessionStore a = Nodes.open(url);
        SessionStore b = Nodes.open(url)) {
      for (int round = 0; round < 100; round++) {
        String id = saved(a, "captcha.1", "content");
        List<Callable<Optional<String>>> callers = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
          SessionStore node = caller % 2 == 0 ? a : b;
          callers.add(() -> Optional.ofNullable(node.claim(id, "captcha.1")));
        }

        assertThat(atOnce(callers).stream().flatMap(Optional::stream)).containsExactly("content");
      }
    }
  }
}
