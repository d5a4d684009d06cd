package io.anynode.captcha.rate;

import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How hard the work of a new challenge is: as {@code captcha.work.difficulty} says, and up to
 * {@code captcha.work.rise} times as hard while more challenges a second are issued than {@code
 * captcha.work.busy}, and for a client whose answers were refused.
 *
 * <p>It goes by what this node knows already, and asks nobody. A balancer spreads a flood over all
 * nodes, so each sees its share; and the count of refused answers that {@link Limits} keeps is the
 * nodes' common one, as far as this node has heard of it. Safe for use by many threads.
 */
public final class Difficulty {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Settings.Work settings;
  private final Limits limits;
  private final LongSupplier nanoTime;
  private long begun;
  private int now;
  private int before;

  /**
   * No challenge was issued yet.
   *
   * @param limits knows whose answers were refused
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Difficulty(Settings.Work settings, Limits limits, LongSupplier nanoTime) {
    this.settings = settings;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /**
   * Counts a challenge that is issued to this client.
   *
   * @return how many keys it shall take to derive, on average
   */
  public int next(HttpServletRequest request) {
    int rise = settings.rise();
    double load = (double) counted() / settings.busy();
    // Doubled at 1/rise of the limit of refused answers, and at its most when that is reached.
    double refused = 1 + rise * limits.refusedShare(request);
    double harder = Math.min(rise, Math.max(1, load) * refused);
    return (int) Math.round(settings.difficulty() * harder);
  }

  /** This challenge and those of the second before it, or of the one before that if more. */
  private synchronized int counted() {
    long passed = nanoTime.getAsLong() - begun;
    if (passed >= SECOND) {
      before = passed >= 2 * SECOND ? 0 : now;
      now = 0;
      begun += passed - passed % SECOND;
    }
    now++;
    return Math.max(now, before);
  }
}
