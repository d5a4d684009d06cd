package io.anynode.captcha.session.jdbc;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/** The JDBC drivers, by what their URLs begin with. */
enum Driver {
  H2("jdbc:h2:", "org.h2.Driver"),
  POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver"),
  MARIADB("jdbc:mariadb:", "org.mariadb.jdbc.Driver"),
  /** Not among what comes along. */
  MYSQL("jdbc:mysql:", "com.mysql.cj.jdbc.Driver");

  private static final Logger log = LoggerFactory.getLogger(Driver.class);

  /** What the names of the drop-in jar's own libraries begin with; the build rewrites them here. */
  private static final String RELOCATED = "io.anynode.captcha.lib.";

  private final String prefix;
  private final String className;

  Driver(String prefix, String className) {
    this.prefix = prefix;
    this.className = className;
  }

  /**
   * The driver of a URL.
   *
   * @throws IllegalArgumentException if it is of another database
   */
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

  /**
   * Its connections, each a new one. A driver that the application or the container brings is
   * preferred: it is the one that they chose for their server.
   *
   * @param timeout how long one waits for the server, where the URL does not say
   * @param application where such a driver is looked for
   * @throws IllegalArgumentException if there is no driver
   */
  DataSource connections(String url, Duration timeout, ClassLoader application) {
    Properties properties = new Properties();
    limits(url, timeout)
        .forEach(
            (name, value) -> {
              if (!says(url, name)) {
                properties.setProperty(name, value);
              }
            });
    return new Connections(preferred(application), url, properties);
  }

  /** Connections to a file that only this version need be able to read: by the driver of ours. */
  DataSource embedded(String url) {
    return new Connections(own(), url, new Properties());
  }

  /**
   * What a new connection is told first, or null: how long the server itself lets a statement run,
   * and wait for a lock. Else it goes on for clients that gave up, and their locks and connections
   * are missing to others; a PostgreSQL looks for deadlocks no sooner than after a second.
   */
  @Nullable String firstStatement(String url, Duration timeout) {
    return this == POSTGRESQL && !says(url, "options")
        ? "SELECT set_config('statement_timeout', '%d', false), set_config('lock_timeout', '%d', false)"
            .formatted(timeout.toMillis(), timeout.toMillis() / 2)
        : null;
  }

  private static boolean says(String url, String parameter) {
    return Pattern.compile("[?&;]" + parameter + "=", Pattern.CASE_INSENSITIVE).matcher(url).find();
  }

  private Map<String, String> limits(String url, Duration timeout) {
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
              // As the others have it. The default would lock gaps, so that new sessions wait.
              "transactionIsolation", "READ-COMMITTED");
      case MYSQL -> Map.of("socketTimeout", millis, "connectTimeout", millis);
    };
  }

  /** Whole seconds, at least 1, for what counts in these. */
  static int seconds(Duration timeout) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.plusMillis(999).toSeconds()));
  }

  private java.sql.Driver preferred(ClassLoader application) {
    String original =
        className.startsWith(RELOCATED) ? className.substring(RELOCATED.length()) : className;
    java.sql.Driver driver = null;
    try {
      driver = instance(original, application);
    } catch (ClassNotFoundException e) {
      log.debug("The application brings no {}.", original);
    } catch (LinkageError | RuntimeException e) {
      log.warn("{} of the application cannot be used, so that ours is.", original, e);
    }
    if (driver == null) {
      driver = own();
    }
    log.info(
        "Sessions go through {} {}.{}.",
        driver.getClass().getName(),
        driver.getMajorVersion(),
        driver.getMinorVersion());
    return driver;
  }

  private java.sql.Driver own() {
    try {
      java.sql.Driver driver = instance(className, Driver.class.getClassLoader());
      if (className.startsWith(RELOCATED)) {
        hide(driver.getClass());
      }
      return driver;
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

  /** By its name: a container's DriverManager does not see the drivers in WEB-INF/lib. */
  private static java.sql.Driver instance(String className, @Nullable ClassLoader loader)
      throws ClassNotFoundException {
    return (java.sql.Driver) BeanUtils.instantiateClass(ClassUtils.forName(className, loader));
  }

  /** A driver registers itself, and an application would get this one in place of its own. */
  private static void hide(Class<?> type) {
    DriverManager.drivers()
        .filter(driver -> driver.getClass() == type)
        .forEach(
            driver -> {
              try {
                DriverManager.deregisterDriver(driver);
              } catch (SQLException e) {
                log.warn("The driver {} stays registered.", type.getName(), e);
              }
            });
  }

  /** The pool may set its login timeout here, where others would set it for the whole JVM. */
  private static final class Connections extends SimpleDriverDataSource {

    private int loginSeconds;

    Connections(java.sql.Driver driver, String url, Properties properties) {
      super(driver, url, properties);
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
}
