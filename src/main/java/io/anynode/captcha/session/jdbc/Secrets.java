package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.settings.SessionSettings;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps passwords out of what is told: some drivers quote the whole URL when they cannot read it.
 */
final class Secrets {

  static final Secrets NONE = new Secrets(Set.of());

  /**
   * {@code password=…}, {@code trustStorePassword=…} and the like, and {@code //user:…@host}; but
   * not the port of {@code //host:…/}.
   */
  private static final Pattern IN_URL =
      Pattern.compile("(?i)passw(?:or)?d=([^&;]+)|//[^/@:]*:([^@/]+)@");

  private final Set<String> values;

  private Secrets(Set<String> values) {
    this.values = values;
  }

  static Secrets of(SessionSettings.Jdbc settings, String url) {
    Set<String> values = new LinkedHashSet<>();
    Matcher matcher = IN_URL.matcher(url);
    while (matcher.find()) {
      values.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    if (settings.password() != null && !settings.password().value().isEmpty()) {
      values.add(settings.password().value());
    }
    return new Secrets(values);
  }

  /** The same exception; or one that only names it, if a message in it tells a secret. */
  Throwable withheld(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (values.stream().anyMatch(message::contains)) {
        return new SQLException(t.getClass().getName() + ", whose message quotes a secret");
      }
    }
    return thrown;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
