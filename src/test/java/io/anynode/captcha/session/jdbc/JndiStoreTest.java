package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A DataSource of the container's. */
class JndiStoreTest {

  private static final Map<String, Object> CONTAINER = new ConcurrentHashMap<>();

  /** The container's names; made by the JDK, out of the class's name. */
  public static final class Names implements InitialContextFactory {
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
      return new InitialContext(true) {
        @Override
        public Object lookup(String name) throws NamingException {
          Object found = CONTAINER.get(name);
          if (found == null) {
            throw new NameNotFoundException(name);
          }
          return found;
        }

        @Override
        public void close() {}
      };
    }
  }

  private final JdbcConnectionPool dataSource =
      JdbcConnectionPool.create("jdbc:h2:mem:container", "sa", "");
  private @Nullable String before;

  @BeforeEach
  void startContainer() {
    before = System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
  }

  @AfterEach
  void stopContainer() {
    if (before == null) {
      System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    } else {
      System.setProperty(Context.INITIAL_CONTEXT_FACTORY, before);
    }
    CONTAINER.clear();
    dataSource.dispose();
  }

  private static SessionStore open(String jndi) {
    SessionSettings.Jdbc jdbc =
        new SessionSettings.Jdbc(null, null, null, jndi, 4, Duration.ofSeconds(2));
    return JdbcStore.open(
        TestSettings.withJdbc(TestSettings.session(StoreKind.JDBC), jdbc),
        Path.of("not-to-be-used"),
        Nodes.codec(),
        Nodes.class.getClassLoader());
  }

  @Test
  void theContainersDataSourceIsFoundByItsShortName() {
    CONTAINER.put("java:comp/env/jdbc/sessions", dataSource);
    try (SessionStore node = open("jdbc/sessions")) {
      assertThat(node.claim(saved(node, "captcha.1", "content"), "captcha.1")).isEqualTo("content");
    }
  }

  @Test
  void theContainersDataSourceIsFoundByItsFullNameAndStaysOpen() throws Exception {
    CONTAINER.put("java:/jdbc/sessions", dataSource);
    try (SessionStore node = open("java:/jdbc/sessions")) {
      assertThat(saved(node, "start", "s")).isNotEmpty();
    }

    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void aNameThatIsNotBoundIsToldAndWorksOnceItIs() {
    try (SessionStore node = open("jdbc/sessions")) {
      assertThatThrownBy(() -> node.sessions().createSession())
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("captcha.session.jdbc.jndi")
          .hasMessageContaining("jdbc/sessions");

      CONTAINER.put("jdbc/sessions", dataSource);
      assertThat(saved(node, "start", "s")).isNotEmpty();
    }
  }

  @Test
  void aNameOfSomethingElseIsTold() {
    CONTAINER.put("java:comp/env/jdbc/sessions", "text");
    try (SessionStore node = open("jdbc/sessions")) {
      assertThatThrownBy(() -> node.agree("secret", "mine"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("no javax.sql.DataSource");
    }
  }

  @Test
  void whatIsSavedAndClaimedStandsWhenTheApplicationRollsItsOwnTransactionBack() throws Exception {
    CONTAINER.put("java:comp/env/jdbc/sessions", dataSource);
    try (SessionStore node = open("jdbc/sessions");
        Connection keepsTheMemory = dataSource.getConnection()) {
      assertThat(keepsTheMemory.isValid(1)).isTrue();
      String earlier = saved(node, "captcha.1", "content");
      TransactionTemplate application =
          new TransactionTemplate(new JdbcTransactionManager(dataSource));

      String id =
          application.execute(
              status -> {
                status.setRollbackOnly();
                assertThat(node.claim(earlier, "captcha.1")).isEqualTo("content");
                return saved(node, "captcha.2", "content");
              });

      assertThat(node.claim(earlier, "captcha.1")).isNull();
      assertThat(node.claim(Objects.requireNonNull(id), "captcha.2")).isEqualTo("content");
    }
  }
}
