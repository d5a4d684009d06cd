package io.anynode.captcha.challenge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One challenge, as it is sealed into a session.
 *
 * @param question what is shown and what has to be typed
 * @param seed what everything random in its picture comes from: {@link Seal#seed} tells it
 * @param scope which form it was issued for; empty for none
 * @param expires from when on an answer comes too late; to the millisecond
 * @param node which node issued it
 * @param work what answers it without anything being typed; null if that is not offered
 */
public record Challenge(
    Question question,
    long seed,
    String scope,
    Instant expires,
    NodeMark node,
    @Nullable Work work) {

  /** A challenge that is answered by typing alone. */
  public Challenge(Question question, long seed, String scope, Instant expires, NodeMark node) {
    this(question, seed, scope, expires, node, null);
  }

  /** A challenge that does not say which node issued it. */
  public Challenge(Question question, long seed, String scope, Instant expires) {
    this(question, seed, scope, expires, NodeMark.UNKNOWN);
  }

  /** The same one in another picture. */
  public Challenge drawnFrom(long other) {
    return new Challenge(question, other, scope, expires, node, work);
  }

  /** Tells what may be known: the scope and the expiry. */
  @Override
  public String toString() {
    return "Challenge[scope=" + scope + ", expires=" + expires + "]";
  }
}
