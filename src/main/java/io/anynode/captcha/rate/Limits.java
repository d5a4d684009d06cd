package io.anynode.captcha.rate;

import io.anynode.captcha.session.Counters;
import io.anynode.captcha.settings.Network;
import io.anynode.captcha.settings.Rate;
import io.anynode.captcha.settings.Rates;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limits of an application: what one address may ask for, and its network. A client whose
 * address is not known is not limited. Safe for use by many threads.
 */
public final class Limits {

  private final ClientAddress client;
  private final Rates rates;
  private final Pair issue;
  private final Pair failure;
  private final Consumer<Limited> told;

  /**
   * Nothing is counted yet.
   *
   * @param rates what is allowed
   * @param shared the nodes' common counts
   * @param secretly makes a name in the store of something that must not be read there; it may
   *     throw a {@link io.anynode.captcha.session.StoreUnavailableException}
   * @param nanoTime as {@link System#nanoTime()}
   * @param told is told of each request that is refused
   */
  public Limits(
      Rates rates,
      Counters shared,
      UnaryOperator<String> secretly,
      LongSupplier nanoTime,
      Consumer<Limited> told) {
    this.told = told;
    this.client = new ClientAddress(rates.trustedProxies());
    this.rates = rates;
    Maker maker = (policy, rate) -> limit(policy, rate, shared, secretly, nanoTime);
    this.issue =
        new Pair(
            maker.make("issue", rates.issue()), maker.make("issue-network", rates.issueNetwork()));
    this.failure =
        new Pair(
            maker.make("failure", rates.failure()),
            maker.make("failure-network", rates.failureNetwork()));
  }

  private interface Maker {
    @Nullable Limit make(String policy, @Nullable Rate rate);
  }

  private record Limit(String policy, Rate rate, Front front) {

    @Nullable Limited limited(@Nullable Duration wait) {
      return wait == null ? null : new Limited(policy, rate, wait);
    }
  }

  private record Pair(@Nullable Limit address, @Nullable Limit network) {}

  private static @Nullable Limit limit(
      String policy,
      @Nullable Rate rate,
      Counters shared,
      UnaryOperator<String> secretly,
      LongSupplier nanoTime) {
    return rate == null
        ? null
        : new Limit(
            policy,
            rate,
            new Front(
                rate,
                shared,
                key -> "rate." + policy + "." + secretly.apply(policy + " " + key),
                nanoTime));
  }

  /**
   * Counts a challenge that is to be issued.
   *
   * @throws LimitedException if it must not be
   */
  public void issue(HttpServletRequest request) {
    Limited limited = take(issue, request);
    if (limited != null) {
      told.accept(limited);
      throw new LimitedException(limited);
    }
  }

  /** Counts an answer that did not pass. */
  public void failed(HttpServletRequest request) {
    Limited unused = take(failure, request);
  }

  /**
   * Whether so many answers of this client did not pass that no more is read.
   *
   * @return null if not
   */
  public @Nullable Limited failures(HttpServletRequest request) {
    InetAddress address = client.of(request);
    if (address == null) {
      return null;
    }
    Limited limited = refused(failure.address(), address.getHostAddress());
    if (limited == null) {
      limited = refused(failure.network(), network(address));
    }
    if (limited != null) {
      told.accept(limited);
    }
    return limited;
  }

  /**
   * Whether a client has used more than half of what its address may, as far as this node knows.
   */
  boolean isNear(HttpServletRequest request) {
    InetAddress address = client.of(request);
    return address != null
        && (isNear(issue.address(), address.getHostAddress())
            || isNear(failure.address(), address.getHostAddress()));
  }

  /**
   * How much of what may be refused of a client's answers has been, as far as this node knows: of
   * its address or of its network, whichever is nearer to its limit.
   *
   * @return 0 for none, 1 for all; 0 also where there is no limit
   */
  double refusedShare(HttpServletRequest request) {
    InetAddress address = client.of(request);
    return address == null
        ? 0
        : Math.max(
            share(failure.address(), address.getHostAddress()),
            share(failure.network(), network(address)));
  }

  private static double share(@Nullable Limit limit, String key) {
    return limit == null ? 0 : limit.front().share(key);
  }

  private static boolean isNear(@Nullable Limit limit, String key) {
    return limit != null && limit.front().isNear(key);
  }

  /** Who a request's client is. */
  @Nullable InetAddress client(HttpServletRequest request) {
    return client.of(request);
  }

  private @Nullable Limited take(Pair pair, HttpServletRequest request) {
    InetAddress address = client.of(request);
    if (address == null) {
      return null;
    }
    Limited limited = take(pair.address(), address.getHostAddress());
    // Who is over its own limit takes nothing from its neighbours.
    return limited != null ? limited : take(pair.network(), network(address));
  }

  private static @Nullable Limited take(@Nullable Limit limit, String key) {
    return limit == null ? null : limit.limited(limit.front().take(key));
  }

  private static @Nullable Limited refused(@Nullable Limit limit, String key) {
    return limit == null ? null : limit.limited(limit.front().refused(key));
  }

  /** The network that an address is in. */
  String network(InetAddress address) {
    boolean ipv4 = address.getAddress().length == 4;
    return Network.of(address, ipv4 ? rates.ipv4Prefix() : rates.ipv6Prefix()).toString();
  }
}
