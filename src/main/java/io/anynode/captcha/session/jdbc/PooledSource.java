package io.anynode.captcha.session.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/** A small pool of our own, for a JDBC URL or for the embedded H2. */
final class PooledSource implements Source {

  private static final Logger log = LoggerFactory.getLogger(PooledSource.class);

  /** The drivers, by what their URLs begin with. */
  private enum Driver {
    H2("jdbc:h2:", "org.h2.Driver"),
    POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver"),
    MARIADB("jdbc:mariadb:", "org.mariadb.jdbc.Driver"),
    MYSQL("jdbc:mysql:", "com.mysql.cj.jdbc.Driver");

    private final String prefix;
    private final String className;

    Driver(String prefix, String className) {
      this.prefix = prefix;
      this.className = className;
    }

    static Driver of(String url) {
      return Arrays.stream(values())
          .filter(driver -> url.startsWith(driver.prefix))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "captcha.session.jdbc.url must begin with jdbc:postgresql:, jdbc:mariadb:,"
                          + " jdbc:mysql: or jdbc:h2:."));
    }

    java.sql.Driver load() {
      try {
        Class<?> type = ClassUtils.forName(className, PooledSource.class.getClassLoader());
        return (java.sql.Driver) BeanUtils.instantiateClass(type);
      } catch (ClassNotFoundException | LinkageError e) {
        throw new IllegalArgumentException(
            "The driver for captcha.session.jdbc.url, "
                + className
                + ", is not in the class path"
                + (this == MYSQL
                    ? ": add it, or use the driver that comes along, by jdbc:mariadb: in the URL."
                    : "."),
            e);
      }
    }

    /** Has a request give up on a server that stopped answering, where the URL does not say. */
    Map<String, String> limits(String url, Duration timeout) {
      String millis = Long.toString(timeout.toMillis());
      String seconds = Integer.toString(seconds(timeout));
      return switch (this) {
        case H2 ->
            url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")
                ? Map.of("NETWORK_TIMEOUT", millis)
                : Map.of();
        case POSTGRESQL ->
            Map.of(
                "socketTimeout",
                seconds,
                "connectTimeout",
                seconds,
                "tcpKeepAlive",
                "true",
                // A detail may hold a key's value, and some keys are session ids.
                "logServerErrorDetail",
                "false");
        case MARIADB ->
            Map.of(
                "socketTimeout", millis,
                "connectTimeout", millis,
                // As on the others; the default would lock gaps, so that new sessions wait.
                "transactionIsolation", "READ-COMMITTED");
        case MYSQL -> Map.of("socketTimeout", millis, "connectTimeout", millis);
      };
    }
  }

  /**
   * Connections by a driver that is found by its name: a container's DriverManager does not see the
   * drivers in WEB-INF/lib. The pool may set its login timeout here, and not for the whole JVM.
   */
  private static final class Connections extends SimpleDriverDataSource {

    private int loginSeconds;

    Connections(Driver driver, String url, Properties properties) {
      super(driver.load(), url, properties);
    }

    @Override
    public int getLoginTimeout() {
      return loginSeconds;
    }

    @Override
    public void setLoginTimeout(int seconds) {
      loginSeconds = seconds;
    }
  }

  private final HikariDataSource pool;
  private final String advice;
  private final Secrets secrets;

  private PooledSource(HikariDataSource pool, String advice, Secrets secrets) {
    this.pool = pool;
    this.advice = advice;
    this.secrets = secrets;
  }

  static PooledSource of(SessionSettings.Jdbc settings, Path home) {
    Hidden url = settings.url();
    return url != null ? byUrl(settings, url.value()) : embedded(settings, home);
  }

  private static PooledSource byUrl(SessionSettings.Jdbc settings, String url) {
    String advice =
        "Check that the database runs and can be reached, and captcha.session.jdbc.url, .user and"
            + " .password.";
    HikariConfig config = config(settings, url);
    if (settings.user() != null) {
      config.setUsername(settings.user());
    }
    if (settings.password() != null) {
      config.setPassword(settings.password().value());
    }
    return open(config, advice, Secrets.of(settings, url));
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
    // async: an interrupted thread does not close the file under all the others.
    HikariConfig config = config(settings, "jdbc:h2:async:" + file.toString().replace('\\', '/'));
    config.setUsername("sa");
    config.setPassword("");
    return open(config, advice, Secrets.NONE);
  }

  private static HikariConfig config(SessionSettings.Jdbc settings, String url) {
    Driver driver = Driver.of(url);
    long millis = Math.max(250, settings.timeout().toMillis()); // the pool's own least
    Properties limits = new Properties();
    driver
        .limits(url, settings.timeout())
        .forEach(
            (name, value) -> {
              if (!says(url, name)) {
                limits.setProperty(name, value);
              }
            });
    HikariConfig config = new HikariConfig();
    config.setPoolName("captcha-sessions");
    config.setDataSource(new Connections(driver, url, limits));
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

  private static boolean says(String url, String parameter) {
    return Pattern.compile("[?&;]" + parameter + "=", Pattern.CASE_INSENSITIVE).matcher(url).find();
  }

  private static PooledSource open(HikariConfig config, String advice, Secrets secrets) {
    return new PooledSource(new HikariDataSource(config), advice, secrets);
  }

  /** Whole seconds, at least 1, for drivers that count in these. */
  static int seconds(Duration timeout) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.plusMillis(999).toSeconds()));
  }

  @Override
  public DataSource dataSource() {
    return pool;
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
  public String advice() {
    return advice;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    pool.close();
  }
}
