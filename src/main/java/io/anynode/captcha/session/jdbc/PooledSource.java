package io.anynode.captcha.session.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A small pool of our own, for a JDBC URL or for the embedded H2. */
final class PooledSource implements Source {

  private static final Logger log = LoggerFactory.getLogger(PooledSource.class);

  /** Between two tries to connect to a database that is away. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final HikariDataSource pool;
  private final Reconnecting connections;
  private final Duration callLimit;
  private final String advice;
  private final Secrets secrets;

  private PooledSource(
      HikariDataSource pool,
      Reconnecting connections,
      Duration callLimit,
      String advice,
      Secrets secrets) {
    this.pool = pool;
    this.connections = connections;
    this.callLimit = callLimit;
    this.advice = advice;
    this.secrets = secrets;
  }

  static PooledSource of(SessionSettings.Jdbc settings, Path home, ClassLoader application) {
    Hidden url = settings.url();
    return url != null ? byUrl(settings, url.value(), application) : embedded(settings, home);
  }

  private static PooledSource byUrl(
      SessionSettings.Jdbc settings, String url, ClassLoader application) {
    String advice =
        "Check that the database runs and can be reached, and captcha.session.jdbc.url, .user and"
            + " .password.";
    Driver driver = Driver.of(url);
    HikariConfig config = config(settings, driver);
    config.setConnectionInitSql(driver.firstStatement(url, settings.timeout()));
    DataSource connections = driver.connections(url, settings.timeout(), application);
    if (settings.user() != null) {
      config.setUsername(settings.user());
    }
    if (settings.password() != null) {
      config.setPassword(settings.password().value());
    }
    return open(config, connections, settings.timeout(), advice, Secrets.of(settings, url));
  }

  private static PooledSource embedded(SessionSettings.Jdbc settings, Path home) {
    Path file = home.resolve("sessions").toAbsolutePath();
    if (file.toString().contains(";")) {
      throw new IllegalArgumentException(
          "H2 cannot open a file in " + home + ": a path with a semicolon.");
    }
    log.info(
        "Sessions are kept in the file {}.mv.db, which is this one node's. For several nodes, set"
            + " captcha.session.jdbc.url to a database that all of them share.",
        file);
    String advice =
        "Check that "
            + home.toAbsolutePath()
            + " can be written and that no other process has sessions.mv.db open; several"
            + " processes need a database that captcha.session.jdbc.url names.";
    // Closed with the application, after its last request, and not when the process begins to end.
    String url = "jdbc:h2:file:" + file.toString().replace('\\', '/') + ";DB_CLOSE_ON_EXIT=FALSE";
    HikariConfig config = config(settings, Driver.H2);
    config.setUsername("sa");
    config.setPassword("");
    return open(config, Driver.H2.embedded(url), settings.timeout(), advice, Secrets.NONE);
  }

  private static HikariConfig config(SessionSettings.Jdbc settings, Driver driver) {
    long millis = Math.max(250, settings.timeout().toMillis()); // the pool's own least
    HikariConfig config = new HikariConfig();
    config.setPoolName("captcha-sessions");
    if (driver == Driver.H2) {
      config.setExceptionOverride(new H2Broken());
    }
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(Math.min(2, settings.poolSize()));
    config.setConnectionTimeout(millis);
    config.setValidationTimeout(millis);
    config.setInitializationFailTimeout(-1); // starts while the database is down
    config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(15).toMillis());
    return config;
  }

  private static PooledSource open(
      HikariConfig config,
      DataSource connections,
      Duration timeout,
      String advice,
      Secrets secrets) {
    Reconnecting lasting = new Reconnecting(connections, PAUSE);
    config.setDataSource(lasting);
    Duration callLimit = timeout.plus(timeout.dividedBy(5)); // with the way there and back
    return new PooledSource(new HikariDataSource(config), lasting, callLimit, advice, secrets);
  }

  /** Says why there is no connection, where the pool knows only that there is none. */
  private static final class WithReason extends DelegatingDataSource {

    private final Reconnecting connections;

    WithReason(DataSource pool, Reconnecting connections) {
      super(pool);
      this.connections = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
      try {
        return super.getConnection();
      } catch (SQLTransientConnectionException e) {
        SQLException reason = connections.failure();
        throw reason == null
            ? e
            : new SQLTransientConnectionException(e.getMessage(), reason.getSQLState(), reason);
      }
    }
  }

  @Override
  public DataSource dataSource() {
    return new WithReason(pool, connections);
  }

  @Override
  public boolean autoCommits() {
    return true;
  }

  @Override
  public int statementSeconds() {
    return 0;
  }

  @Override
  public Duration callLimit() {
    return callLimit;
  }

  @Override
  public String advice() {
    return advice;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    connections.close();
    pool.close();
  }
}
