package io.anynode.captcha.session.jdbc;

import java.time.Duration;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The container's own {@code DataSource}, found by its JNDI name. Its pool is the container's. */
record ContainerSource(String name, Duration timeout) implements Source {

  private static final String ENVIRONMENT = "java:comp/env/";

  /** The name is the operator's, out of the settings; no request has a part in it. */
  @SuppressWarnings("BanJNDI")
  @Override
  public DataSource dataSource() throws NamingException {
    InitialContext container = new InitialContext();
    try {
      NamingException notFound = new NameNotFoundException(name);
      for (String candidate : candidates()) {
        try {
          if (container.lookup(candidate) instanceof DataSource found) {
            return found;
          }
          throw new NamingException("what is at " + candidate + " is no javax.sql.DataSource");
        } catch (NameNotFoundException e) {
          notFound = e;
        }
      }
      throw notFound;
    } finally {
      container.close();
    }
  }

  private List<String> candidates() {
    return name.startsWith("java:") ? List.of(name) : List.of(ENVIRONMENT + name, name);
  }

  /** The container may hand out connections that do not. */
  @Override
  public boolean autoCommits() {
    return false;
  }

  @Override
  public int statementSeconds() {
    return Driver.seconds(timeout);
  }

  /** Not every pool would put back what was set on a connection that others use as well. */
  @Override
  public @Nullable Duration callLimit() {
    return null;
  }

  @Override
  public String advice() {
    return "Check the DataSource that captcha.session.jdbc.jndi names ("
        + name
        + ") in the container's configuration, and that its database runs.";
  }

  @Override
  public Secrets secrets() {
    return Secrets.NONE;
  }

  @Override
  public void close() {}
}
