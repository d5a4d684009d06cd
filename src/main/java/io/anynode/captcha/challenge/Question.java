package io.anynode.captcha.challenge;

/**
 * What a maker thought of: what is shown, and what has to be typed.
 *
 * @param shown the text that is drawn
 * @param answer the right answer
 */
public record Question(String shown, Answer answer) {

  /** Tells nothing: what is shown gives the answer away. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
