package io.anynode.captcha.challenge;

/**
 * What a browser says it has found for a {@link Work}.
 *
 * @param id the challenge that it was told of
 * @param counter the counter; any number
 * @param key the key that it has derived, in hexadecimal digits; any text
 */
public record Proof(ChallengeId id, long counter, String key) {

  /** Tells nothing: a proof is an answer. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
