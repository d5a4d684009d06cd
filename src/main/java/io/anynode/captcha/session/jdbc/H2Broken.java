package io.anynode.captcha.session.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool H2's own codes of a connection that is of no more use. The pool knows only those
 * of the standard, and a busy connection that it does not give up would fail for ever.
 */
final class H2Broken implements SQLExceptionOverride {

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException e) {
    return switch (e.getErrorCode()) {
      case 90067, 90098, 90121 -> SQLExceptionOverride.Override.MUST_EVICT;
      default -> SQLExceptionOverride.Override.CONTINUE_EVICT;
    };
  }
}
