package io.anynode.captcha;

/** What became of an answer. Only {@link #PASSED} lets a request through. */
public enum Verdict {
  /** The answer is right, and it was the first to this challenge. */
  PASSED,
  /** The answer is not right. The challenge is used up all the same. */
  WRONG,
  /** The answer came too late. */
  EXPIRED,
  /** The challenge was answered before, or newer ones took its place. */
  USED,
  /** There is no answer, or no such challenge in this session. */
  MISSING,
  /** The challenge was issued for another form. */
  SCOPE,
  /** This client gave so many wrong answers that no more is read for a while. */
  LIMITED,
  /** The session store is at fault, so nothing is known; try again in a moment. */
  UNAVAILABLE
}
