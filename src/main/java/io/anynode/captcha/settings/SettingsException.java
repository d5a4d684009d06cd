package io.anynode.captcha.settings;

import java.util.List;

/** Some settings are wrong. Its message lists every error there is, one a line. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> errors;

  /**
   * All errors at once.
   *
   * @param errors one sentence each, naming key, value (unless it is a secret) and what is allowed
   */
  public SettingsException(List<String> errors) {
    super(
        (errors.size() == 1 ? "A captcha setting is wrong: " : "Captcha settings are wrong: ")
            + String.join("; ", errors));
    this.errors = List.copyOf(errors);
  }

  /** The errors, one sentence each. */
  public List<String> errors() {
    return errors;
  }
}
