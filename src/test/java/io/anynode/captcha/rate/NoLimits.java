package io.anynode.captcha.rate;

import io.anynode.captcha.session.LocalCounters;
import io.anynode.captcha.settings.Rates;
import java.util.List;

/** For tests of other things. */
public final class NoLimits {

  private NoLimits() {}

  /** Limits that limit nothing. */
  public static Limits limits() {
    return new Limits(
        new Rates(null, null, null, null, 24, 64, List.of()),
        new LocalCounters(System::nanoTime),
        name -> name,
        System::nanoTime,
        limited -> {});
  }
}
