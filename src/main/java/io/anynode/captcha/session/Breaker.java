package io.anynode.captcha.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker before a store: while that answers nobody, one request at a time finds out
 * whether it does again, and all others fail at once, so that they hold no thread.
 *
 * <p>It opens when a call has waited in vain while no other was answered either; and so at the
 * first such call where there are no others, so that no request waits for its claim, then for its
 * page, then for its save. A call that is refused at once, or fails while others are answered,
 * opens nothing: one session's trouble, or one of a cluster's servers, must not shut out the rest.
 * That is why it is no library's: those open at a share of failed calls, with no eye for what was
 * answered meanwhile. A moment later one call goes through; its answer closes the circuit.
 *
 * <p>Of an outage, of either kind, the log has the first fault, and when it was over. Safe for use
 * by many threads.
 */
final class Breaker {

  /** Between two calls that find out: with a pool's own pauses, two seconds must be enough. */
  static final Duration PAUSE = Duration.ofMillis(250);

  /** After which a call that finds out is given up for lost, and another one goes. */
  private static final Duration LOST = Duration.ofSeconds(5);

  /** A store without faults for so long is well: some refuse writes alone, or now and then. */
  static final Duration WELL = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Breaker.class);

  /** While no call may go through. */
  private record Open(long until, StoreUnavailableException fault) {}

  /** Since when there are faults, when the last one was, and how many. */
  private record Outage(long since, long last, long count) {}

  private final long timeout;
  private final long most;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Open> open = new AtomicReference<>();
  private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();

  /** How long the request of this thread has waited so far. */
  private final ThreadLocal<@Nullable Long> waited = new ThreadLocal<>();

  private volatile long heardAt;

  /**
   * A closed circuit.
   *
   * @param timeout how long the store lets a call wait; after four fifths of it, with all its calls
   *     together, a request has none left; what failed in less than half did not wait in vain
   * @param nanoTime as {@link System#nanoTime()}
   */
  Breaker(Duration timeout, LongSupplier nanoTime) {
    this.timeout = timeout.toNanos();
    this.most = this.timeout / 5 * 4;
    this.nanoTime = nanoTime;
    this.heardAt = nanoTime.getAsLong();
  }

  void begin() {
    waited.set(0L);
  }

  void end() {
    waited.remove();
  }

  /**
   * Calls the store, unless it is known to answer nobody.
   *
   * @throws StoreUnavailableException if it is, or if the call fails
   */
  <T extends @Nullable Object> T call(Supplier<T> work) {
    long begun = nanoTime.getAsLong();
    Long before = waited.get();
    if (before != null && before >= most) {
      throw new StoreUnavailableException(
          "One request has waited for the session store as long as it may. Check the store's load,"
              + " and the way to it.",
          new IllegalStateException("too slow"));
    }
    Open seen = open.get();
    if (seen != null && !mayFindOut(seen, begun)) {
      count(begun, seen.fault());
      throw new StoreUnavailableException(
          String.valueOf(seen.fault().getMessage()),
          new IllegalStateException("it did not answer a moment ago"));
    }
    try {
      T answer = work.get();
      heard();
      return answer;
    } catch (StoreUnavailableException e) {
      failed(begun, seen != null, e);
      throw e;
    } catch (RuntimeException e) {
      heard(); // a value that cannot be stored is no fault of the store's
      throw e;
    } finally {
      if (before != null) {
        waited.set(before + nanoTime.getAsLong() - begun);
      }
    }
  }

  private boolean mayFindOut(Open seen, long now) {
    return now - seen.until() >= 0
        && open.compareAndSet(seen, new Open(now + LOST.toNanos(), seen.fault()));
  }

  private void heard() {
    long now = nanoTime.getAsLong();
    heardAt = now;
    if (open.get() != null) {
      open.set(null);
    }
    Outage over = outage.get();
    if (over != null && now - over.last() >= WELL.toNanos() && outage.compareAndSet(over, null)) {
      log.warn(
          "The session store is well again: {} of its calls failed within {} s.",
          over.count(),
          Duration.ofNanos(over.last() - over.since()).toSeconds());
    }
  }

  private void failed(long begun, boolean findingOut, StoreUnavailableException fault) {
    long now = nanoTime.getAsLong();
    if (Thread.currentThread().isInterrupted()) {
      if (findingOut) {
        open.set(new Open(now, fault)); // says nothing about the store: another one finds out
      }
      return;
    }
    count(now, fault);
    boolean inVain = now - begun >= timeout / 2 && heardAt - begun <= 0;
    if (findingOut || inVain) {
      open.set(new Open(now + PAUSE.toNanos(), fault));
    }
  }

  private void count(long now, StoreUnavailableException fault) {
    Outage before =
        outage.getAndUpdate(
            known ->
                known == null
                    ? new Outage(now, now, 1)
                    : new Outage(known.since(), now, known.count() + 1));
    if (before == null) {
      log.warn(
          "The session store is at fault, and requests that need it get 503: {} ({})",
          fault.getMessage(),
          fault.reason());
    }
  }
}
