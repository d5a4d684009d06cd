package io.anynode.captcha.session;

import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** An attribute of the application's cannot be written into the store. */
public final class UnstorableAttributeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object value;

  /**
   * A value that cannot be stored.
   *
   * @param value the value; its class is told, and nothing of what it holds
   * @param cause what serialization threw
   */
  public UnstorableAttributeException(Object value, Throwable cause) {
    super(
        "A session attribute of "
            + value.getClass().getName()
            + " cannot be serialized"
            // Of this one, the message is the name of the class that is at fault.
            + (cause instanceof NotSerializableException fault ? ": " + fault.getMessage() : "")
            + "; make the class and what it refers to java.io.Serializable.",
        cause);
    this.value = value;
  }

  /**
   * A value that does not fit.
   *
   * @param message what does not fit, and what does; the value itself is not told
   * @param cause what the client library threw
   */
  public UnstorableAttributeException(String message, Throwable cause) {
    super(message, cause);
    this.value = null;
  }

  /** The value that cannot be serialized; null if it was something else that did not fit. */
  public @Nullable Object value() {
    return value;
  }
}
