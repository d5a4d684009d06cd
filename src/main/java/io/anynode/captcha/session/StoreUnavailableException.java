package io.anynode.captcha.session;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The session store cannot be reached, refuses, or answers too late.
 *
 * <p>Its message says which store and what to do; it holds no session id, no attribute and no
 * password, so it may be logged. The cause is the client library's own exception.
 */
public final class StoreUnavailableException extends RuntimeException {

  /** Redis's errors begin with one: {@code WRONGPASS}, {@code OOM}, {@code READONLY}. */
  private static final Pattern REDIS_CODE = Pattern.compile("^[A-Z]{3,}(?= )");

  private static final long serialVersionUID = 1L;

  /**
   * A fault of the store.
   *
   * @param message what failed and what to do, with no secret in it
   * @param cause what the client library threw
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What the client library said, in a word or two: the kind of its exception, and Redis's error
   * code or the SQL state. Not its message, which may hold a key's value.
   */
  public String reason() {
    Throwable root = this;
    for (Throwable t = getCause(); t != null; t = t.getCause()) {
      root = t;
    }
    String kind = root.getClass().getSimpleName();
    if (root instanceof SQLException sql) {
      return kind + " " + sql.getSQLState();
    }
    Matcher code = REDIS_CODE.matcher(String.valueOf(root.getMessage()));
    return code.find() ? kind + " " + code.group() : kind;
  }
}
