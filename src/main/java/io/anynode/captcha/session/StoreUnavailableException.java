package io.anynode.captcha.session;

/**
 * The session store cannot be reached, refuses, or answers too late.
 *
 * <p>Its message says which store and what to do; it holds no session id, no attribute and no
 * password, so it may be logged. The cause is the client library's own exception.
 */
public final class StoreUnavailableException extends RuntimeException {

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
}
