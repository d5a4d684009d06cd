package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * After a call that waited for the database in vain, the next ones fail at once for a while: else
 * one request would wait again for its claim, for its save, and for its save at the very end.
 *
 * <p>Safe for use by many threads.
 */
final class Pause {

  private static final Duration LENGTH = Duration.ofMillis(500);

  private final Duration wait;
  private final String fault;
  private volatile @Nullable Long over;

  /**
   * No pause yet.
   *
   * @param timeout how long a call waits for the database; what failed sooner did not wait in vain
   * @param fault what an exception's message says
   */
  Pause(Duration timeout, String fault) {
    this.wait = timeout.dividedBy(2);
    this.fault = fault;
  }

  /**
   * Calls the database, unless there is a pause.
   *
   * @throws StoreUnavailableException if there is one
   */
  <T extends @Nullable Object> T unless(Supplier<T> call) {
    long start = System.nanoTime();
    Long until = over;
    if (until != null && start - until < 0) {
      throw new StoreUnavailableException(
          fault, new IllegalStateException("it did not answer a moment ago"));
    }
    try {
      return call.get();
    } catch (RuntimeException e) {
      long now = System.nanoTime();
      if (now - start >= wait.toNanos()) {
        over = now + LENGTH.toNanos();
      }
      throw e;
    }
  }
}
