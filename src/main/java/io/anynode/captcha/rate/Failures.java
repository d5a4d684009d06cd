package io.anynode.captcha.rate;

import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.When;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failed logins, counted over all nodes by account and by client, and what follows from them:
 * whether a captcha is needed now. If that cannot be known, it is needed. No account's name and no
 * address is in the store, only what a keyed hash makes of them. Safe for use by many threads.
 */
public final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /** For {@code suspicious}: a person forgets a password, a room of them shares an address. */
  private static final int OF_ACCOUNT = 3;

  private static final int OF_ADDRESS = 10;
  private static final int OF_NETWORK = 30;

  private final Counters shared;
  private final UnaryOperator<String> secretly;
  private final Limits limits;

  /**
   * Counts in the nodes' common counts.
   *
   * @param secretly makes a name in the store of something that must not be read there; it may
   *     throw a {@link StoreUnavailableException}
   * @param limits tells who a client is, and whether it is near its limits
   */
  public Failures(Counters shared, UnaryOperator<String> secretly, Limits limits) {
    this.shared = shared;
    this.secretly = secretly;
    this.limits = limits;
  }

  /**
   * One count that matters to a request.
   *
   * @param name in the store
   * @param most from how many on a captcha is needed
   */
  private record Watched(String name, int most) {}

  /**
   * Whether a login needs a captcha now; counts nothing.
   *
   * @param account null if it is not known
   */
  public boolean needed(Guard guard, HttpServletRequest request, @Nullable String account) {
    When when = guard.when();
    if (when.mode() == When.Mode.ALWAYS
        || (when.mode() == When.Mode.SUSPICIOUS && limits.isNear(request))) {
      return true;
    }
    try {
      return reached(watched(guard, request, account));
    } catch (StoreUnavailableException e) {
      log.debug("A captcha is needed, since failures cannot be counted: {}", e.reason());
      return true;
    }
  }

  /**
   * Begins a login. One that needs no captcha is counted as failed until {@link Attempt#ended} says
   * otherwise: of many at once, no more get through without a captcha than may fail.
   *
   * @param account null or blank if the request names none, or several, or is in a form that cannot
   *     be read: then it needs one, or whoever hides the account would be counted by address alone
   */
  public Attempt begin(Guard guard, HttpServletRequest request, @Nullable String account) {
    When when = guard.when();
    if (when.mode() == When.Mode.ALWAYS) {
      return new Attempt(when, List.of(), true);
    }
    List<Watched> watched = List.of();
    try {
      watched = watched(guard, request, account);
      boolean asked =
          account == null
              || account.isBlank()
              || (when.mode() == When.Mode.SUSPICIOUS && limits.isNear(request))
              || reached(watched)
              || !reserved(watched, when);
      return new Attempt(when, watched, asked);
    } catch (StoreUnavailableException e) {
      log.debug("A captcha is needed, since failures cannot be counted: {}", e.reason());
      return new Attempt(when, watched, true);
    }
  }

  private boolean reached(List<Watched> watched) {
    List<Long> totals = shared.read(watched.stream().map(Watched::name).toList());
    for (int i = 0; i < totals.size(); i++) {
      if (totals.get(i) >= watched.get(i).most()) {
        return true;
      }
    }
    return false;
  }

  /** Counts one more in each; in none if it would be one too many in any. */
  private boolean reserved(List<Watched> watched, When when) {
    List<Watched> added = new ArrayList<>();
    for (Watched one : watched) {
      added.add(one);
      if (shared.add(one.name(), 1, when.forget()).total() > one.most()) {
        added.forEach(back -> shared.takeBack(back.name(), 1));
        return false;
      }
    }
    return true;
  }

  private List<Watched> watched(Guard guard, HttpServletRequest request, @Nullable String account) {
    boolean suspicious = guard.when().mode() == When.Mode.SUSPICIOUS;
    int most = guard.when().failures();
    List<Watched> watched = new ArrayList<>();
    if (account != null && !account.isBlank()) {
      watched.add(named(guard, "account", folded(account), suspicious ? OF_ACCOUNT : most));
    }
    InetAddress address = limits.client(request);
    if (address != null) {
      String text = address.getHostAddress();
      watched.add(named(guard, "address", text, suspicious ? OF_ADDRESS : most));
      if (suspicious) {
        watched.add(named(guard, "network", limits.network(address), OF_NETWORK));
      }
    }
    return watched;
  }

  /** Many an application takes these for one account; who guesses would use it. */
  private static String folded(String account) {
    return Normalizer.normalize(account.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private Watched named(Guard guard, String kind, String text, int most) {
    return new Watched("failed." + secretly.apply(guard.name() + " " + kind + " " + text), most);
  }

  /** A login under way. */
  public final class Attempt {

    private final When when;
    private final List<Watched> watched;
    private final boolean asked;

    private Attempt(When when, List<Watched> watched, boolean asked) {
      this.when = when;
      this.watched = watched;
      this.asked = asked;
    }

    /** Whether it needs a captcha. */
    public boolean isAsked() {
      return asked;
    }

    /** The application has said what became of it. */
    public void ended(boolean failed) {
      if (failed != asked) {
        return; // what was counted before stands, or nothing is to be counted
      }
      try {
        for (Watched one : watched) {
          if (failed) {
            Object unused = shared.add(one.name(), 1, when.forget());
          } else {
            shared.takeBack(one.name(), 1);
          }
        }
      } catch (StoreUnavailableException e) {
        log.debug("The end of a login is not counted: {} ({})", e.getMessage(), e.reason());
      }
    }
  }
}
