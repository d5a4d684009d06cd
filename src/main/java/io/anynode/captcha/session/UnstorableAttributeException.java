package io.anynode.captcha.session;

/** An attribute of the application's cannot be written into the store. */
public final class UnstorableAttributeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A value that cannot be stored.
   *
   * @param type the class of the value; the value itself is not told
   * @param cause what serialization threw
   */
  public UnstorableAttributeException(Class<?> type, Throwable cause) {
    super(
        "A session attribute of "
            + type.getName()
            + " cannot be serialized; make the class and what it refers to java.io.Serializable.",
        cause);
  }

  /**
   * A value that does not fit.
   *
   * @param message what does not fit, and what does; the value itself is not told
   * @param cause what the client library threw
   */
  public UnstorableAttributeException(String message, Throwable cause) {
    super(message, cause);
  }
}
