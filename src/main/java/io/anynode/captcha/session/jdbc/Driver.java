package io.anynode.captcha.session.jdbc;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
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
   * Its connections, each a new one.
   *
   * @param timeout how long one waits for the server, where the URL does not say
   * @throws IllegalArgumentException if the driver is not there
   */
  DataSource connections(String url, Duration timeout) {
    Properties properties = new Properties();
    limits(url, timeout)
        .forEach(
            (name, value) -> {
              if (!says(url, name)) {
                properties.setProperty(name, value);
              }
            });
    return new Connections(load(), url, properties);
  }

  /**
   * Looks whether it is there.
   *
   * @throws IllegalArgumentException if it is not
   */
  void check() {
    java.sql.Driver unused = load();
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

  /** By its name: a container's DriverManager does not see the drivers in WEB-INF/lib. */
  private java.sql.Driver load() {
    try {
      Class<?> type = ClassUtils.forName(className, Driver.class.getClassLoader());
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
