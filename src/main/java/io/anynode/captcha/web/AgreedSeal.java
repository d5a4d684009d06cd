package io.anynode.captcha.web;

import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.Settings;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The seal of this installation: of the secret that is set, else of one that the nodes agree on
 * through their store.
 *
 * <p>They agree when it is first needed, not at the start: an application starts while its store is
 * down. Every minute a node asks again with the secret that it has, since a store may lose what it
 * kept: then the first to ask puts it back, and if another node was faster with a new one, this one
 * takes it over and still opens what its own has sealed. Safe for use by many threads; two that
 * come at once both ask, and both get the same.
 */
final class AgreedSeal implements Supplier<Seal> {

  private static final String AGREEMENT = "captcha.secret";
  private static final int SECRET_BYTES = 32;
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Settings settings;
  private final SessionStore store;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private volatile @Nullable Agreed known;

  /** What the nodes agreed on, and when this one asked. */
  private record Agreed(Seal seal, List<String> secrets, long asked) {}

  /**
   * Nothing is asked yet.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  AgreedSeal(Settings settings, SessionStore store, RandomGenerator random, LongSupplier nanoTime) {
    this.settings = settings;
    this.store = store;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  @Override
  public Seal get() {
    Agreed now = known;
    if (now == null) {
      Hidden set = settings.secret();
      now = with(set == null ? store.agree(AGREEMENT, proposal()) : set.value(), previous());
      known = now;
    } else if (settings.secret() == null && nanoTime.getAsLong() - now.asked() >= EVERY.toNanos()) {
      now = again(now);
      known = now;
    }
    return now.seal();
  }

  private Agreed again(Agreed before) {
    String current = before.secrets().get(0);
    String agreed;
    try {
      agreed = store.agree(AGREEMENT, current);
    } catch (StoreUnavailableException e) {
      agreed = current; // who needs the store now is told by the store
    }
    List<String> others = before.secrets().stream().filter(Predicate.not(agreed::equals)).toList();
    return with(agreed, others);
  }

  private Agreed with(String secret, List<String> others) {
    List<String> secrets = Stream.concat(Stream.of(secret), others.stream()).toList();
    return new Agreed(new Seal(secrets, random), secrets, nanoTime.getAsLong());
  }

  private List<String> previous() {
    return settings.previousSecrets().stream().map(Hidden::value).toList();
  }

  private String proposal() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
