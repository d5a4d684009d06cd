package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.atOnce;
import static io.anynode.captcha.session.jdbc.Nodes.request;
import static io.anynode.captcha.session.jdbc.Nodes.saved;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealDatabase;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.SettingsReader;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.StandardEnvironment;

/** What a node does while its database is down, dies, or answers no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseFaultContract {

  private static final Duration TIMEOUT =
      SettingsReader.read(new StandardEnvironment()).session().jdbc().timeout();
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int CALLERS = 50;
  private static final String NO_SESSION = "00000000-0000-0000-0000-000000000000";

  private final RealDatabase server = start();

  abstract RealDatabase start();

  @BeforeAll
  void warmUp() throws Exception {
    try (SessionStore node = open(server.database())) {
      String unused = saved(node, "start", "s");
    }
  }

  @AfterAll
  void end() {
    server.close();
  }

  private static SessionStore open(String url) {
    return open(url, TIMEOUT);
  }

  private static SessionStore open(String url, Duration timeout) {
    return SessionStores.open(
        TestSettings.withJdbc(
            TestSettings.session(StoreKind.JDBC),
            new SessionSettings.Jdbc(new Hidden(url), null, null, null, 10, timeout)),
        Path.of("not-to-be-used"),
        DatabaseFaultContract.class.getClassLoader());
  }

  /** Has many callers fail at the same moment; the longest that one of them waited. */
  private static Duration longestFailure(SessionStore node) throws Exception {
    Callable<Duration> caller =
        () -> {
          long start = System.nanoTime();
          try {
            Object found = node.sessions().findById(NO_SESSION);
            throw new AssertionError("answered " + found);
          } catch (StoreUnavailableException e) {
            assertThat(e).hasMessageContaining("captcha.session.jdbc.url");
            return Duration.ofNanos(System.nanoTime() - start);
          }
        };
    return Collections.max(atOnce(Collections.nCopies(CALLERS, caller)));
  }

  private static boolean answers(SessionStore node) {
    try {
      return node.sessions().findById(NO_SESSION) == null;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  void aNodeStartsWhileItsDatabaseIsDownAndWorksOnceThatIsUp() throws Exception {
    String url = server.database();
    server.stop();
    try (SessionStore node = open(url)) {
      assertThat(longestFailure(node)).isLessThan(LONGEST);
      assertThat(longestFailure(node)).isLessThan(LONGEST);

      server.startAgain();
      await().atMost(20, SECONDS).until(() -> answers(node));
      assertThat(node.claim(saved(node, "captcha.1", "content"), "captcha.1")).isEqualTo("content");
    }
  }

  @Test
  void aNodeWhoseDatabaseIsKilledFailsFastAndGoesOnOnceThatIsBack() throws Exception {
    try (SessionStore node = open(server.database())) {
      String id = saved(node, "captcha.1", "content");
      server.kill();

      assertThat(longestFailure(node)).isLessThan(LONGEST);

      server.startAgain();
      await().atMost(20, SECONDS).until(() -> answers(node));
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
    }
  }

  @Test
  void aDatabaseThatAnswersNoMoreHoldsNoRequestForLong() throws Exception {
    try (SessionStore node = open(server.database())) {
      String id = saved(node, "captcha.1", "content");
      server.pause();
      try {
        assertThat(longestFailure(node)).isLessThan(LONGEST);
        assertThat(longestFailure(node)).isLessThan(LONGEST);
      } finally {
        server.resume();
      }

      await().atMost(20, SECONDS).until(() -> answers(node));
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
    }
  }

  @Test
  void aCallWaitsForALockNoLongerThanItsTime() throws Exception {
    String url = server.database();
    Duration timeout = Duration.ofMillis(300);
    try (SessionStore node = open(url, timeout);
        Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      String id = saved(node, "captcha.1", "content");
      other.setAutoCommit(false);
      boolean unused = statement.execute("SELECT * FROM SPRING_SESSION FOR UPDATE");

      long start = System.nanoTime();
      assertThatThrownBy(
              () -> request(node, id, session -> session.setAttribute("captcha.2", "more")))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.multipliedBy(3));

      other.rollback();
      await().atMost(20, SECONDS).until(() -> answers(node));
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
    }
  }
}
