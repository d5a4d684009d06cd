package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** The nodes keep to one secret, also when the store has lost what they agreed on. */
class AgreedSealTest {

  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private final Forgetful store = new Forgetful();
  private final AtomicLong nanos = new AtomicLong();
  private final AgreedSeal nodeA = node();
  private final AgreedSeal nodeB = node();

  @Test
  void aNodePutsBackWhatTheStoreHasLost() {
    Sealed before = sealed(nodeA.get());
    store.agreed = null;
    minutePasses();

    Sealed after = sealed(nodeA.get());

    assertThat(opens(node().get(), before)).isTrue();
    assertThat(opens(nodeB.get(), after)).isTrue();
  }

  @Test
  void aNodeTakesOverWhatAnotherAgreedOnFirstAndOpensItsOwnAllTheSame() {
    Sealed before = sealed(nodeA.get());
    store.agreed = null;
    AgreedSeal newcomer = node();
    Sealed newcomers = sealed(newcomer.get());
    assertThat(opens(nodeA.get(), newcomers)).isFalse();
    minutePasses();

    assertThat(opens(nodeA.get(), newcomers)).isTrue();
    assertThat(opens(nodeA.get(), before)).isTrue();
    assertThat(opens(newcomer.get(), sealed(nodeA.get()))).isTrue();
  }

  @Test
  void aNodeKeepsItsSecretWhileTheStoreIsDown() {
    Sealed before = sealed(nodeA.get());
    store.down = true;
    minutePasses();

    assertThat(opens(nodeA.get(), before)).isTrue();
  }

  private record Sealed(ChallengeId id, String text) {}

  private static Sealed sealed(Seal seal) {
    ChallengeId id = seal.mint(Instant.EPOCH, LATER);
    Challenge challenge =
        new Challenge(
            new TextMaker(5, false).make(new SecureRandom()), seal.seed(id), "", id.expires());
    return new Sealed(id, seal.seal(id, challenge));
  }

  private static boolean opens(Seal seal, Sealed sealed) {
    return seal.open(sealed.id(), sealed.text()) != null;
  }

  private void minutePasses() {
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
  }

  private AgreedSeal node() {
    return new AgreedSeal(Node.settings("secret="), store, new SecureRandom(), nanos::get);
  }

  private static final class Forgetful implements SessionStore {

    private @Nullable String agreed;
    private boolean down;

    @Override
    public String agree(String name, String proposal) {
      if (down) {
        throw new StoreUnavailableException("down", new IllegalStateException());
      }
      String known = agreed == null ? proposal : agreed;
      agreed = known;
      return known;
    }

    @Override
    public SessionRepository<? extends Session> sessions() {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Claimed claimWhole(String sessionId, String attribute) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String read(String sessionId, String attribute) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Counters counters() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
