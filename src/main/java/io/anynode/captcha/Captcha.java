package io.anynode.captcha;

import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.render.Pictures;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues challenges, shows them, and verifies answers, on whichever node a request lands.
 *
 * <p>The requests must come through Spring Session's filter: their session is the one that the
 * store holds. Safe for use by many threads.
 */
public final class Captcha {

  private static final Logger log = LoggerFactory.getLogger(Captcha.class);

  /** How the session attribute of each challenge begins. */
  public static final String ATTRIBUTE = "captcha.";

  /** The same for challenges that a page shows without knowing their ids. */
  private static final String UNNAMED = ATTRIBUTE + "image.";

  private static final String TEST_ANSWER = "PASSED";

  private final SessionStore store;
  private final Supplier<Seal> seal;
  private final Maker maker;
  private final Pictures pictures;
  private final Rules rules;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * What holds for every challenge.
   *
   * @param ttl how long it can be answered; positive
   * @param maxOpen how many a session may hold open, the oldest go first; at least 1
   * @param testMode whether the answer {@code PASSED} is right
   */
  public record Rules(Duration ttl, int maxOpen, boolean testMode) {}

  /**
   * The parts of a captcha.
   *
   * @param store where the sessions are
   * @param seal seals and opens; asked at each use, since the nodes may have to agree on a secret
   *     first; it throws {@link StoreUnavailableException} while they cannot
   * @param maker thinks of the questions
   * @param pictures draws them
   * @param rules what holds for all
   * @param clock tells the time
   * @param random a source that cannot be foreseen
   */
  public Captcha(
      SessionStore store,
      Supplier<Seal> seal,
      Maker maker,
      Pictures pictures,
      Rules rules,
      Clock clock,
      RandomGenerator random) {
    this.store = store;
    this.seal = seal;
    this.maker = maker;
    this.pictures = pictures;
    this.rules = rules;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Issues a challenge to the request's session, which is begun if there is none. It is in the
   * store when the response is committed. A HEAD request gets an id that no session holds.
   *
   * @param scope the form that it is for; empty for none
   * @throws StoreUnavailableException if the store is at fault
   * @throws IllegalStateException if there is no session and the response is committed already
   */
  public Issued issue(HttpServletRequest request, String scope) {
    return issue(request, scope, ATTRIBUTE);
  }

  /**
   * Issues a challenge for a page that shows a picture without knowing an id, and draws it: the
   * form then sends the answer alone, and the newest such challenge is the one that it answers.
   *
   * @param scope the form that it is for; empty for none
   * @return a PNG file
   * @throws StoreUnavailableException if the store is at fault
   */
  public byte[] issueUnnamed(HttpServletRequest request, String scope) {
    Issued issued = issue(request, scope, UNNAMED);
    return Objects.requireNonNull(
        draw(request.getSession(), UNNAMED, new ChallengeId(issued.id())));
  }

  /**
   * Draws a challenge of the request's session. Changes nothing: the same id gives the same bytes.
   *
   * @return a PNG file; null if this session has no such challenge, or it has expired
   * @throws StoreUnavailableException if the store is at fault
   */
  public byte @Nullable [] picture(HttpServletRequest request, String id) {
    ChallengeId parsed = ChallengeId.parse(id);
    HttpSession session = parsed == null ? null : request.getSession(false);
    return session == null || parsed == null ? null : draw(session, ATTRIBUTE, parsed);
  }

  /**
   * Verifies an answer, once: right or wrong, it uses the challenge up.
   *
   * @param id the challenge; null for the newest that was issued unnamed
   * @param answer what was typed; null if nothing was
   * @param scope the form that was sent; it must be the one that the challenge was issued for
   * @return the verdict; a fault of the store is {@link Verdict#UNAVAILABLE}, never an exception
   */
  public Verdict verify(
      HttpServletRequest request, @Nullable String id, @Nullable String answer, String scope) {
    try {
      HttpSession session = request.getSession(false);
      return id == null
          ? verifyUnnamed(session, answer, scope)
          : verifyNamed(session, ChallengeId.parse(id), answer, scope);
    } catch (StoreUnavailableException e) {
      log.warn("An answer is not verified: {} ({})", e.getMessage(), e.reason());
      return Verdict.UNAVAILABLE;
    }
  }

  private Verdict verifyNamed(
      @Nullable HttpSession session,
      @Nullable ChallengeId id,
      @Nullable String answer,
      String scope) {
    if (id == null) {
      return Verdict.MISSING;
    }
    if (session == null) {
      return isPast(id.expires()) ? Verdict.EXPIRED : Verdict.MISSING;
    }
    return claim(session, ATTRIBUTE, id, answer, scope);
  }

  private Verdict verifyUnnamed(
      @Nullable HttpSession session, @Nullable String answer, String scope) {
    List<String> open = session == null ? List.of() : openIn(session, UNNAMED);
    return session == null || open.isEmpty()
        ? Verdict.MISSING
        : claim(session, UNNAMED, idIn(open.get(0)), answer, scope);
  }

  /**
   * Claims before it compares: comparing first would give parallel guesses one challenge for free.
   * Only a form without an answer, which is no guess, costs no challenge.
   */
  private Verdict claim(
      HttpSession session, String prefix, ChallengeId id, @Nullable String answer, String scope) {
    if (answer == null || answer.isBlank()) {
      return Verdict.MISSING;
    }
    String sealed = store.claim(session.getId(), prefix + id.text());
    if (sealed == null) {
      if (isPast(id.expires())) {
        return Verdict.EXPIRED;
      }
      return seal.get().issued(id, created(session)) ? Verdict.USED : Verdict.MISSING;
    }
    Challenge challenge = seal.get().open(id, sealed);
    if (challenge == null) {
      log.warn(
          "A challenge was sealed with another secret, or altered in the store. Set the same"
              + " captcha.secret on every node; captcha.secret.previous keeps an old one.");
      return Verdict.MISSING;
    }
    if (isPast(challenge.expires())) {
      return Verdict.EXPIRED;
    }
    if (!challenge.scope().equals(scope)) {
      return Verdict.SCOPE;
    }
    boolean right =
        challenge.question().answer().matches(answer)
            || (rules.testMode() && answer.equals(TEST_ANSWER));
    return right ? Verdict.PASSED : Verdict.WRONG;
  }

  private Issued issue(HttpServletRequest request, String scope, String prefix) {
    Seal sealing = seal.get();
    Instant expires = Instant.ofEpochMilli(clock.millis() + rules.ttl().toMillis());
    if (request.getMethod().equals("HEAD")) {
      // Nobody will see this page, so it must push no one's challenge out.
      return new Issued(sealing.mint(clock.instant(), expires).text(), expires);
    }
    HttpSession session = request.getSession();
    makeRoom(session);
    ChallengeId id = sealing.mint(created(session), expires);
    Challenge challenge = new Challenge(maker.make(random), random.nextLong(), scope, expires);
    session.setAttribute(prefix + id.text(), sealing.seal(id, challenge));
    return new Issued(id.text(), expires);
  }

  /** Leaves room for one more: expired challenges go, then the oldest. */
  private void makeRoom(HttpSession session) {
    List<String> open = openIn(session, ATTRIBUTE);
    for (int i = 0; i < open.size(); i++) {
      if (i >= rules.maxOpen() - 1 || isPast(idIn(open.get(i)).expires())) {
        session.removeAttribute(open.get(i));
      }
    }
  }

  /** The attributes with this prefix that hold a challenge, newest first. */
  private static List<String> openIn(HttpSession session, String prefix) {
    return Collections.list(session.getAttributeNames()).stream()
        .filter(name -> name.startsWith(prefix) && ChallengeId.parse(afterDot(name)) != null)
        .sorted(Comparator.comparing((String name) -> idIn(name).expires()).reversed())
        .toList();
  }

  private static ChallengeId idIn(String attribute) {
    return new ChallengeId(afterDot(attribute));
  }

  private static String afterDot(String attribute) {
    return attribute.substring(attribute.lastIndexOf('.') + 1);
  }

  private byte @Nullable [] draw(HttpSession session, String prefix, ChallengeId id) {
    if (isPast(id.expires())
        || !(session.getAttribute(prefix + id.text()) instanceof String sealed)) {
      return null;
    }
    Challenge challenge = seal.get().open(id, sealed);
    return challenge == null ? null : pictures.png(challenge.question().shown(), challenge.seed());
  }

  private static Instant created(HttpSession session) {
    return Instant.ofEpochMilli(session.getCreationTime());
  }

  private boolean isPast(Instant expires) {
    return !clock.instant().isBefore(expires);
  }
}
