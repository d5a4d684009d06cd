package io.anynode.captcha;

import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Tokens for right answers: a visitor's browser hands one to another application, whose server has
 * it checked here, by any node, once.
 *
 * <p>A token has a session of its own in the store, for that is what every store can keep for a
 * while and claim from. The token is the sealed id of that session, so that nobody outside knows
 * the id: no browser can send it as its session's. Safe for use by many threads.
 */
public final class Tokens {

  /** How long a token can be redeemed, as with reCAPTCHA. */
  public static final Duration LIFE = Duration.ofMinutes(2);

  private static final String PURPOSE = "token";
  private static final String ATTRIBUTE = "captcha.token";
  private static final String UNCLAIMED = "unclaimed";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,253}");

  private final SessionStore store;
  private final Supplier<Seal> seal;
  private final Predicate<String> own;
  private final Clock clock;

  /**
   * The tokens of an application.
   *
   * @param store where their sessions are
   * @param seal seals and opens; it throws {@link StoreUnavailableException} while it cannot
   * @param own whether this can be the id of a session of this application: several may share a
   *     store and a secret
   * @param clock tells the time
   */
  public Tokens(SessionStore store, Supplier<Seal> seal, Predicate<String> own, Clock clock) {
    this.store = store;
    this.seal = seal;
    this.own = own;
    this.clock = clock;
  }

  /**
   * A token as the browser gets it.
   *
   * @param text ASCII without a colon, up to 800 characters
   * @param expires from when on it is too late
   */
  public record Issued(String text, Instant expires) {

    /** Tells no token, so that it can be logged. */
    @Override
    public String toString() {
      return "Issued[expires=" + expires + "]";
    }
  }

  /** What became of a token that a server sent. */
  public sealed interface Redeemed {}

  /**
   * It is good, and now used up.
   *
   * @param solved when the challenge was answered, in UTC to the second
   * @param hostname the host whose page it was answered on; empty if that is not known
   * @param scope the form that the challenge was for; empty for none
   */
  public record Good(Instant solved, String hostname, String scope) implements Redeemed {}

  /** It was redeemed before, or is too old. */
  public record Spent() implements Redeemed {}

  /** It is none of this application's. */
  public record Unknown() implements Redeemed {}

  /**
   * Makes a token for an answer that is right. It is in the store when this returns.
   *
   * @param hostname the host whose page it was answered on; what cannot be a host's name is left
   *     out
   * @param scope the form that the challenge was for
   * @throws StoreUnavailableException if the store is at fault
   */
  public Issued issue(String hostname, String scope) {
    Instant solved = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Seal sealing = seal.get(); // before a session is begun: it throws while there is none
    String id = begun(store.sessions());
    String host = HOST.matcher(hostname).matches() ? hostname : "";
    String content = String.join("\n", id, Long.toString(solved.getEpochSecond()), host, scope);
    return new Issued(sealing.sealText(PURPOSE, content), solved.plus(LIFE));
  }

  private static <S extends Session> String begun(SessionRepository<S> sessions) {
    S session = sessions.createSession();
    session.setMaxInactiveInterval(LIFE);
    session.setAttribute(ATTRIBUTE, UNCLAIMED);
    sessions.save(session);
    return session.getId();
  }

  /**
   * Redeems a token: of any number of callers, on any number of nodes, exactly one gets {@link
   * Good}.
   *
   * @param text what a server sent
   * @param scope the form that it must be for; null for any. A token for another one is left alone
   * @throws StoreUnavailableException if it is not known whether it was redeemed
   */
  public Redeemed redeem(String text, @Nullable String scope) {
    String content = seal.get().openText(PURPOSE, text);
    if (content == null) {
      return new Unknown();
    }
    String[] parts = content.split("\n", -1);
    Good good = new Good(Instant.ofEpochSecond(Long.parseLong(parts[1])), parts[2], parts[3]);
    if (!own.test(parts[0]) || (scope != null && !scope.equals(good.scope()))) {
      return new Unknown();
    }
    boolean isPast = !clock.instant().isBefore(good.solved().plus(LIFE));
    return isPast || store.claim(parts[0], ATTRIBUTE) == null ? new Spent() : good;
  }
}
