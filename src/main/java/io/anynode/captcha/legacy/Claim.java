package io.anynode.captcha.legacy;

import io.anynode.captcha.Verdict;
import java.util.Map;

/**
 * What a request got.
 *
 * @param verdict what became of what was typed
 * @param shown the old session attributes as the old code expects them; empty for a verdict other
 *     than {@link Verdict#PASSED} and {@link Verdict#WRONG}
 */
record Claim(Verdict verdict, Map<String, Object> shown) {

  static Claim refused(Verdict verdict) {
    return new Claim(verdict, Map.of());
  }

  /** Whether there is something to compare with: the old code may be asked. */
  boolean answered() {
    return verdict == Verdict.PASSED || verdict == Verdict.WRONG;
  }

  /** Tells nothing but the verdict: the attributes are answers. */
  @Override
  public String toString() {
    return verdict.name();
  }
}
