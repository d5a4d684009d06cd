package io.anynode.captcha.rate;

/** A client has asked for more than it may. Its message names no client. */
public final class LimitedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Limited limited;

  /** Refuses a client. */
  public LimitedException(Limited limited) {
    super(
        "More than " + limited.rate().most() + " in " + limited.rate().window(),
        null,
        false,
        false);
    this.limited = limited;
  }

  /** Which limit it was, and until when. */
  public Limited limited() {
    return limited;
  }
}
