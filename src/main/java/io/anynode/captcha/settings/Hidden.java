package io.anynode.captcha.settings;

/**
 * A secret among the settings: a password, a key, or an address that may carry one.
 *
 * @param value the secret itself; never in a message
 */
public record Hidden(String value) {

  /** Tells nothing, so that a record that holds it can be logged. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
