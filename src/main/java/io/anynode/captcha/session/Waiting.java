package io.anynode.captcha.session;

/**
 * Says where a request begins and ends, so that all its calls together wait for the store no longer
 * than the store's timeout, and one call more: each waits in vain for itself only where there is no
 * other, but many that are just slow add up.
 */
public interface Waiting {

  /** Counts what this thread waits, from 0 on. */
  void begin();

  /** Counts no longer; what this thread does outside of a request is not limited. */
  void end();

  /** For a store that keeps nobody waiting. */
  Waiting NONE =
      new Waiting() {
        @Override
        public void begin() {
          // Nothing is counted.
        }

        @Override
        public void end() {
          // Nothing was counted.
        }
      };

  /** That of a store, if it has one. */
  static Waiting of(SessionStore store) {
    return store instanceof Waiting waiting ? waiting : NONE;
  }
}
