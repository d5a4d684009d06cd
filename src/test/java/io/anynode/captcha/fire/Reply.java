package io.anynode.captcha.fire;

/**
 * One answer as the load saw it.
 *
 * @param step what was asked for
 * @param begun when, by {@link System#nanoTime()}
 * @param ended when all of it was there
 * @param status the HTTP status; 0 if the connection broke
 * @param verdict the header {@code Captcha-Verdict}; empty if there was none
 * @param honest whether a 503 said when to come again, in the form that was asked for
 */
record Reply(Step step, long begun, long ended, int status, String verdict, boolean honest) {

  /** What a round is made of, and the page beside it that needs neither captcha nor session. */
  enum Step {
    PAGE,
    CHALLENGE,
    PICTURE,
    ANSWER,
    PLAIN
  }

  /** Whether the guard let the request through. */
  boolean passed() {
    return step == Step.ANSWER && status == 303;
  }

  /** Whether it was not served: whoever asked has to come again. */
  boolean refused() {
    return status == 0 || status >= 500;
  }

  long millis() {
    return (ended - begun) / 1_000_000;
  }
}
