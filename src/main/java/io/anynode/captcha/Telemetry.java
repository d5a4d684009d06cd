package io.anynode.captcha;

import io.anynode.captcha.session.WrappedStore.Operation;
import java.time.Instant;

/**
 * Is told what happens, to count it. Nobody waits for it: each method returns at once, throws
 * nothing, and may be called by many threads. It is told no answer, no session and no address.
 *
 * <p>Each method does nothing unless it is overridden.
 */
public interface Telemetry {

  /** Counts nothing. */
  Telemetry NONE = new Telemetry() {};

  /** The guard of an answer that no guard asked for. */
  String NO_GUARD = "none";

  /** A way in which a challenge is shown. */
  enum Form {
    /** A picture. */
    PICTURE,
    /** A sound. */
    SOUND,
    /** A proof of work to be found. */
    WORK
  }

  /** Which node had issued the challenge that was answered here. */
  enum Issuer {
    /** This one. */
    SAME,
    /** Another one: what fails where a captcha lives in one node's memory. */
    OTHER,
    /** Not known: there was no challenge to look into, or an earlier version sealed it. */
    UNKNOWN
  }

  /**
   * A challenge was issued.
   *
   * @param kind what is asked, as {@link io.anynode.captcha.challenge.Maker#kind()} says
   */
  default void issued(String kind) {}

  /**
   * A challenge can be answered from now on.
   *
   * @param expires when it ends by itself
   */
  default void opened(Instant expires) {}

  /**
   * A challenge can be answered no more: it was claimed, or newer ones took its place. Told by the
   * node that ended it, not by the one that issued it.
   *
   * @param expires when it would have ended by itself
   */
  default void ended(Instant expires) {}

  /** A challenge was shown; the same one may be shown several times. */
  default void shown(Form form) {}

  /**
   * An answer was judged.
   *
   * @param kind what was asked
   * @param guard the name of the guard that asked; {@link #NO_GUARD} for none. From settings only,
   *     never from a request
   * @param issuer where the challenge came from
   */
  default void verdict(String kind, String guard, Verdict verdict, Issuer issuer) {}

  /**
   * A request was refused by a limit.
   *
   * @param limit the limit's name; one of a few, never from a request
   */
  default void limited(String limit) {}

  /**
   * The session store was asked.
   *
   * @param nanos how long it took
   * @param failed whether the store was at fault
   */
  default void stored(Operation operation, long nanos, boolean failed) {}
}
