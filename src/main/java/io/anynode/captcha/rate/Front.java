package io.anynode.captcha.rate;

import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.Counters.Count;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Rate;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's share in a limit.
 *
 * <p>It counts by itself, and tells the nodes' common count each time it has a twentieth of the
 * limit together. Over the limit it refuses by itself until the window ends, and asks nobody. So in
 * a window all nodes together let at most the limit pass and a twentieth of it more for each node;
 * a limit of less than 40 is told one by one, and is exact but for what is under way at the same
 * moment. While the store is down, each node holds the limit alone.
 *
 * <p>It remembers the latest clients, {@value #MOST_KEYS} at most and half of them at least; one
 * that was forgotten begins again with what the common count says. Safe for use by many threads:
 * those of one client take turns, and those of others do not wait for each other.
 */
final class Front {

  private static final Logger log = LoggerFactory.getLogger(Front.class);

  /** Some 4 MB. */
  static final int MOST_KEYS = 20_000;

  private static final int SHARE = 20;

  private final Rate rate;
  private final Counters shared;
  private final UnaryOperator<String> name;
  private final LongSupplier nanoTime;
  private final long batch;
  private volatile Halves halves = new Halves(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  private static final class Window {
    long ends;
    long used;
    long untold;

    Window(long ends) {
      this.ends = ends;
    }
  }

  /**
   * The clients that were here of late, and those of before. Once there are too many of the first,
   * the others are forgotten all at once: so that no request needs a lock to tell who was here.
   */
  private record Halves(
      ConcurrentMap<String, Window> latest, ConcurrentMap<String, Window> before) {}

  /**
   * Nothing is counted yet.
   *
   * @param shared the nodes' common counts
   * @param name a key's name in them; it may throw a {@link StoreUnavailableException}
   * @param nanoTime as {@link System#nanoTime()}
   */
  Front(Rate rate, Counters shared, UnaryOperator<String> name, LongSupplier nanoTime) {
    this.rate = rate;
    this.shared = shared;
    this.name = name;
    this.nanoTime = nanoTime;
    this.batch = Math.max(1, rate.most() / SHARE);
  }

  /**
   * Counts one more, unless there are too many.
   *
   * @return how long to wait; null if it was not too many
   */
  @Nullable Duration take(String key) {
    Window window = window(key);
    long told;
    synchronized (window) {
      Duration wait = wait(window);
      if (wait != null) {
        return wait;
      }
      window.used++;
      window.untold++;
      if (window.untold < batch) {
        return null;
      }
      told = window.untold;
      window.untold = 0;
    }
    Count common = told(key, told); // while others go on counting
    if (common == null) {
      return null;
    }
    synchronized (window) {
      window.used = common.total() + window.untold;
      window.ends = nanoTime.getAsLong() + common.left().toNanos();
      return common.total() > rate.most() ? common.left() : null;
    }
  }

  /**
   * Whether there were too many, as far as this node knows; counts nothing.
   *
   * @return how long to wait; null if there were not
   */
  @Nullable Duration refused(String key) {
    Window window = known(key);
    if (window == null) {
      return null;
    }
    synchronized (window) {
      return wait(window);
    }
  }

  /** Whether more than half of the limit is used, as far as this node knows. */
  boolean isNear(String key) {
    Window window = known(key);
    if (window == null) {
      return false;
    }
    synchronized (window) {
      renew(window);
      return window.used > rate.most() / 2;
    }
  }

  /** How much of the limit is used, as far as this node knows: 0 for nothing, 1 for all of it. */
  double share(String key) {
    Window window = known(key);
    if (window == null) {
      return 0;
    }
    synchronized (window) {
      renew(window);
      return Math.min(1, (double) window.used / rate.most());
    }
  }

  /** How many clients it remembers, at most. */
  int keys() {
    Halves now = halves;
    return now.latest().size() + now.before().size();
  }

  private @Nullable Duration wait(Window window) {
    long now = renew(window);
    return window.used < rate.most() ? null : Duration.ofNanos(window.ends - now);
  }

  /** Begins a window anew if it is over; tells the time. */
  private long renew(Window window) {
    long now = nanoTime.getAsLong();
    if (window.ends - now <= 0) {
      window.ends = now + rate.window().toNanos();
      window.used = 0;
      window.untold = 0;
    }
    return now;
  }

  /** Null for a client of whom nothing was counted of late; nothing is kept of who only asks. */
  private @Nullable Window known(String key) {
    Halves now = halves;
    Window latest = now.latest().get(key);
    return latest == null && now.before().containsKey(key) ? window(key) : latest;
  }

  private Window window(String key) {
    Halves now = halves;
    Window known = now.latest().get(key);
    if (known != null) {
      return known;
    }
    Window earlier = now.before().get(key);
    Window window =
        now.latest()
            .computeIfAbsent(
                key, unused -> earlier == null ? new Window(nanoTime.getAsLong()) : earlier);
    if (now.latest().size() >= MOST_KEYS / 2) {
      forget();
    }
    return window;
  }

  /** Only the first of several that find too many. */
  private synchronized void forget() {
    Halves now = halves;
    if (now.latest().size() >= MOST_KEYS / 2) {
      halves = new Halves(new ConcurrentHashMap<>(), now.latest());
    }
  }

  private @Nullable Count told(String key, long amount) {
    try {
      return shared.add(name.apply(key), amount, rate.window());
    } catch (StoreUnavailableException e) {
      log.debug("A limit holds on this node alone: {}", e.reason());
      return null;
    }
  }
}
