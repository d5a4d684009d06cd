package io.anynode.captcha.session;

import org.jspecify.annotations.Nullable;

/** A stored attribute cannot be read back here: damaged, or of a class that this node lacks. */
public final class UnreadableAttributeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String attribute;

  /**
   * A value that cannot be read.
   *
   * @param reason why, in a few words, with nothing of the content
   * @param cause what reading threw, if it threw
   */
  public UnreadableAttributeException(String reason, @Nullable Throwable cause) {
    super("A stored session attribute cannot be read: " + reason + ".", cause);
    this.attribute = null;
  }

  private UnreadableAttributeException(String attribute, UnreadableAttributeException unnamed) {
    super(unnamed.getMessage(), unnamed);
    this.attribute = attribute;
  }

  /** The same, of this attribute. */
  UnreadableAttributeException of(String name) {
    return new UnreadableAttributeException(name, this);
  }

  /** The attribute's name; null if who reads does not know it. */
  @Nullable String attribute() {
    return attribute;
  }
}
