package io.anynode.captcha.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class ReconnectingTest {

  private static final Duration MOMENT = Duration.ofMillis(250);

  /** A database that is away for so many tries. */
  private static final class Away extends AbstractDataSource {

    private final int failures;
    private final String state;
    private final AtomicInteger tries = new AtomicInteger();

    Away(int failures, String state) {
      this.failures = failures;
      this.state = state;
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (tries.incrementAndGet() <= failures) {
        throw new SQLException("away", state);
      }
      return DriverManager.getConnection("jdbc:h2:mem:");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }
  }

  private static HikariDataSource pool(DataSource connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(connections);
    config.setPoolName("reconnecting");
    config.setMinimumIdle(2);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Test
  void afterALongOutageThePoolHasAConnectionAtOnce() {
    // HikariCP's own ninth try comes after 2.5 s, and its tenth as much later.
    Away database = new Away(9, "08001");
    try (HikariDataSource pool = pool(new Reconnecting(database, MOMENT))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> database.tries.get() >= 9);
      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> pool.getHikariPoolMXBean().getTotalConnections() > 0);
    }
  }

  @Test
  void whyThereIsNoConnectionIsKnownUntilThereIsOne() throws Exception {
    Away database = new Away(1, "08001");
    Reconnecting connections = new Reconnecting(database, Duration.ofSeconds(20));
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try (Connection none = connections.getConnection()) {
                throw new AssertionError(none);
              } catch (SQLException e) {
                interrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    await().until(() -> connections.failure() != null);
    thread.interrupt();
    thread.join();
    assertThat(interrupted).isTrue();
    assertThat((Throwable) connections.failure()).hasMessage("away");
    try (Connection made = connections.getConnection()) {
      assertThat(made.isValid(1)).isTrue();
    }
    assertThat((Throwable) connections.failure()).isNull();
  }

  @Test
  void whatOnlyAPersonCanEndIsPassedOn() {
    for (String state : new String[] {"28P01", "28000", "3D000", "42000"}) {
      Away database = new Away(1, state);
      assertThatThrownBy(new Reconnecting(database, MOMENT)::getConnection).hasMessage("away");
      assertThat(database.tries).hasValue(1);
    }
  }

  @Test
  void aPoolThatIsClosedTriesNoLonger() {
    Away database = new Away(Integer.MAX_VALUE, "08001");
    Reconnecting connections = new Reconnecting(database, Duration.ofSeconds(20));
    HikariDataSource pool = pool(connections);
    await().until(() -> database.tries.get() == 1);
    connections.close();
    pool.close();
    assertThat(database.tries).hasValue(1);
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("reconnecting")));
  }
}
