package io.anynode.captcha.web;

/** A request that gets problem details for an answer. */
final class ProblemException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A problem.
   *
   * @param status of the response
   * @param detail what is wrong and what to do, for the caller to read
   */
  ProblemException(int status, String detail) {
    super(detail, null, false, false); // its place in the code tells nobody anything
    this.status = status;
  }

  int status() {
    return status;
  }
}
