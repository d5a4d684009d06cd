package io.anynode.captcha.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a store needs before its first use, and can only make once its backing is up. It is made at
 * the first call that succeeds, and kept.
 *
 * <p>While the backing is down, at most one caller at a time tries; the others fail at once, so
 * that a hundred requests do not wait for a timeout one behind the other. Before the first failure
 * they wait for the attempt that is under way: a start is no fault. Safe for use by many threads.
 *
 * @param <T> what is made
 */
public final class ReadyOnce<T> {

  private final Supplier<T> attempt;
  private final Duration patience;
  private final ReentrantLock attempting = new ReentrantLock();
  private volatile @Nullable T made;
  private volatile @Nullable StoreUnavailableException fault;

  /**
   * Nothing is attempted yet.
   *
   * @param attempt makes it, or throws a {@link StoreUnavailableException}
   * @param patience how long a caller waits for the very first attempt of another
   */
  public ReadyOnce(Supplier<T> attempt, Duration patience) {
    this.attempt = attempt;
    this.patience = patience;
  }

  /**
   * What was made, made now if need be.
   *
   * @throws StoreUnavailableException if it cannot be made now; the next call may try again
   */
  public T get() {
    T ready = made;
    return ready != null ? ready : attempt();
  }

  /** What was made; null if nothing is yet. Attempts nothing. */
  public @Nullable T ifMade() {
    return made;
  }

  private T attempt() {
    StoreUnavailableException known = fault;
    if (!mayAttempt(known)) {
      throw known != null
          ? again(known)
          : new StoreUnavailableException(
              "The session store is still being prepared.", new IllegalStateException("waited"));
    }
    try {
      T ready = made;
      if (ready != null) {
        return ready;
      }
      StoreUnavailableException newer = fault;
      if (newer != null && newer != known) {
        throw again(newer); // of the attempt that this caller waited for
      }
      T now = attempt.get();
      made = now;
      return now;
    } catch (StoreUnavailableException e) {
      if (!Thread.currentThread().isInterrupted()) {
        fault = e; // one request that is interrupted says nothing about the store
      }
      throw e;
    } finally {
      attempting.unlock();
    }
  }

  private boolean mayAttempt(@Nullable StoreUnavailableException known) {
    if (known != null) {
      return attempting.tryLock();
    }
    try {
      return attempting.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while the session store was prepared.", e);
    }
  }

  /** An exception of this caller's own, with its own stack. */
  private static StoreUnavailableException again(StoreUnavailableException fault) {
    Throwable cause = fault.getCause();
    return new StoreUnavailableException(
        String.valueOf(fault.getMessage()), cause == null ? fault : cause);
  }
}
