package io.anynode.captcha.web;

import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.Settings;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The seal of this installation: of the secret that is set, else of one that the nodes agree on
 * through their store.
 *
 * <p>They agree when it is first needed, not at the start: an application starts while its store is
 * down. Once it is known it is kept. Safe for use by many threads; two that come at once both ask,
 * and both get the same.
 */
final class AgreedSeal implements Supplier<Seal> {

  private static final String AGREEMENT = "captcha.secret";
  private static final int SECRET_BYTES = 32;

  private final Settings settings;
  private final SessionStore store;
  private final RandomGenerator random;
  private volatile @Nullable Seal known;

  AgreedSeal(Settings settings, SessionStore store, RandomGenerator random) {
    this.settings = settings;
    this.store = store;
    this.random = random;
  }

  @Override
  public Seal get() {
    Seal seal = known;
    if (seal == null) {
      seal = make();
      known = seal;
    }
    return seal;
  }

  private Seal make() {
    Hidden set = settings.secret();
    String current = set == null ? store.agree(AGREEMENT, proposal()) : set.value();
    Stream<String> previous = settings.previousSecrets().stream().map(Hidden::value);
    return new Seal(Stream.concat(Stream.of(current), previous).toList(), random);
  }

  private String proposal() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
