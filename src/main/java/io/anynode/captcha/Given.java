package io.anynode.captcha;

import io.anynode.captcha.challenge.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a challenge: something typed, a proof of work, or both, of which either may be
 * right.
 *
 * @param answer what was typed; null or blank if nothing was
 * @param proof the proof of work; null if there is none, or none that can be read
 */
public record Given(@Nullable String answer, @Nullable Proof proof) {

  /** Something typed alone. */
  public static Given typed(@Nullable String answer) {
    return new Given(answer, null);
  }

  /** Whether there is neither: that is no guess, and costs no challenge. */
  public boolean isNothing() {
    return !isTyped() && proof == null;
  }

  /** Whether something was typed. */
  boolean isTyped() {
    return answer != null && !answer.isBlank();
  }

  /** Tells nothing: an answer has no place in a log. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
