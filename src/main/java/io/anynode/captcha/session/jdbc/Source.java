package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.settings.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the connections come from. */
interface Source extends AutoCloseable {

  /**
   * The source that the settings name: a URL, the container's, or else the embedded H2.
   *
   * @param home the folder of the embedded database
   * @param application where a URL's driver is looked for first
   * @throws IllegalArgumentException if the settings cannot work, whatever the database does
   */
  static Source of(SessionSettings.Jdbc settings, Path home, ClassLoader application) {
    String jndi = settings.jndi();
    if (jndi != null) {
      if (settings.url() != null) {
        throw new IllegalArgumentException(
            "captcha.session.jdbc.url and captcha.session.jdbc.jndi are both set: keep one.");
      }
      return new ContainerSource(jndi, settings.timeout());
    }
    return PooledSource.of(settings, home, application);
  }

  /**
   * The data source. Taking it reaches no database.
   *
   * @throws javax.naming.NamingException if the container has none of that name
   */
  DataSource dataSource() throws javax.naming.NamingException;

  /** Whether a connection commits each statement by itself as long as nothing else is asked. */
  boolean autoCommits();

  /** The most seconds that a statement may take; 0 where the connection itself has a limit. */
  int statementSeconds();

  /** The most time that a call may take with all its statements; null where others set limits. */
  @Nullable Duration callLimit();

  /** What to do when it fails: names the settings, tells no secret. */
  String advice();

  /** What must not be told, though a driver's message may hold it. */
  Secrets secrets();

  /** Ends what was opened here; nothing that is the container's. Never throws. */
  @Override
  void close();
}
