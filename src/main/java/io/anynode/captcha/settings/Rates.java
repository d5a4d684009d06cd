package io.anynode.captcha.settings;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings under {@code captcha.rate}: what one client may ask for, and how clients are told
 * apart.
 *
 * @param issue for challenges that are issued to an address; null for no limit
 * @param issueNetwork for those that are issued to its network
 * @param failure for answers of an address that do not pass
 * @param failureNetwork for those of its network
 * @param ipv4Prefix how many bits the addresses of an IPv4 network have in common, 8 to 32
 * @param ipv6Prefix the same for IPv6, 16 to 128
 * @param trustedProxies whose word on the client's address is taken
 */
public record Rates(
    @Nullable Rate issue,
    @Nullable Rate issueNetwork,
    @Nullable Rate failure,
    @Nullable Rate failureNetwork,
    int ipv4Prefix,
    int ipv6Prefix,
    List<Network> trustedProxies) {

  /** How many times as much a network may have as an address, if nothing else is set. */
  private static final int NETWORK = 10;

  static Rates read(Values values) {
    Rate issue = rate(values, Setting.RATE_ISSUE, null);
    Rate failure = rate(values, Setting.RATE_FAILURE, null);
    return new Rates(
        issue,
        rate(values, Setting.RATE_ISSUE_NETWORK, issue),
        failure,
        rate(values, Setting.RATE_FAILURE_NETWORK, failure),
        values.number(Setting.RATE_PREFIX_IPV4, 8, 32),
        values.number(Setting.RATE_PREFIX_IPV6, 16, 128),
        Objects.requireNonNullElse(Network.listed(values, Setting.TRUSTED_PROXIES), List.of()));
  }

  private static @Nullable Rate rate(Values values, Setting setting, @Nullable Rate ofAddress) {
    String set = values.text(setting);
    if (set == null) {
      return ofAddress == null ? null : ofAddress.times(NETWORK);
    }
    return set.equals(Rate.OFF) ? null : values.parsed(setting, setting.key(), Rate::parse);
  }
}
