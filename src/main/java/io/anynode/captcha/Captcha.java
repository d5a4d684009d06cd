package io.anynode.captcha;

import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.rate.Limits;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues challenges, shows them, and verifies answers, on whichever node a request lands.
 *
 * <p>The requests must come through Spring Session's filter, which leaves its own in the attribute
 * {@link #REQUEST}: that one's session is in the store, whatever wraps a request later, and also
 * where the application has kept the container's session. Safe for use by many threads.
 */
public final class Captcha {

  private static final Logger log = LoggerFactory.getLogger(Captcha.class);

  /** The request attribute with the request whose session is in the store. */
  public static final String REQUEST = Captcha.class.getName() + ".request";

  /** How the session attribute of each challenge begins. */
  public static final String ATTRIBUTE = "captcha.";

  /** The same for challenges that a page shows without knowing their ids; then comes the scope. */
  private static final String UNNAMED = ATTRIBUTE + "image.";

  /** From so many answers on, one guess may be compared with all open challenges of a form. */
  private static final int HARD_TO_GUESS = 10_000;

  /** What is right in test mode, whatever the challenge. */
  public static final String TEST_ANSWER = "PASSED";

  private final SessionStore store;
  private final Supplier<Seal> seal;
  private final Maker maker;
  private final Pictures pictures;
  private final Rules rules;
  private final Limits limits;
  private final Clock clock;
  private final RandomGenerator random;
  private final Telemetry telemetry;
  private final Remembered remembered;

  /**
   * What holds for every challenge.
   *
   * @param ttl how long it can be answered; positive
   * @param timeout how long a session of the application lives without a request; positive
   * @param maxOpen how many a session may hold open, the oldest go first; at least 1
   * @param testMode whether the answer {@code PASSED} is right
   * @param node this node, as it is sealed into the challenges that it issues
   */
  public record Rules(
      Duration ttl, Duration timeout, int maxOpen, boolean testMode, NodeMark node) {

    /**
     * How long a session lives that holds nothing but challenges, in seconds. The odd margin tells
     * it from what an application would set.
     */
    public int briefly() {
      return (int) ttl.plusMillis(999).toSeconds() + 61;
    }

    /** How long a session of the application lives, in seconds. */
    public int usually() {
      return (int) timeout.toSeconds();
    }
  }

  /**
   * The parts of a captcha.
   *
   * @param store where the sessions are
   * @param seal seals and opens; asked at each use, since the nodes may have to agree on a secret
   *     first; it throws {@link StoreUnavailableException} while they cannot
   * @param maker thinks of the questions
   * @param pictures draws them
   * @param rules what holds for all
   * @param limits how many are issued to one client
   * @param clock tells the time
   * @param random a source that cannot be foreseen
   * @param telemetry is told what happens
   */
  public Captcha(
      SessionStore store,
      Supplier<Seal> seal,
      Maker maker,
      Pictures pictures,
      Rules rules,
      Limits limits,
      Clock clock,
      RandomGenerator random,
      Telemetry telemetry) {
    this.store = store;
    this.seal = seal;
    this.maker = maker;
    this.pictures = pictures;
    this.rules = rules;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
    this.telemetry = telemetry;
    this.remembered = new Remembered(store, seal, clock, random);
  }

  /** The right answers that count a little longer. */
  public Remembered remembered() {
    return remembered;
  }

  /**
   * Issues a challenge to the request's session, which is begun if there is none. It is in the
   * store when the response is committed. A HEAD request gets an id that no session holds.
   *
   * @param scope the form that it is for; empty for none
   * @throws StoreUnavailableException if the store is at fault
   * @throws io.anynode.captcha.rate.LimitedException if the client has had too many
   * @throws IllegalStateException if there is no session and the response is committed already
   */
  public Issued issue(HttpServletRequest request, String scope) {
    return issue(request, scope, ATTRIBUTE);
  }

  /**
   * Issues a challenge for a page that shows a picture without knowing an id, and draws it: the
   * form then sends the answer alone, as {@link #take} says.
   *
   * @param scope the form that it is for; empty for none
   * @return a picture's file
   * @throws StoreUnavailableException if the store is at fault
   * @throws io.anynode.captcha.rate.LimitedException if the client has had too many
   */
  public byte[] issueUnnamed(HttpServletRequest request, String scope) {
    String prefix = unnamed(scope);
    Issued issued = issue(request, scope, prefix);
    return Objects.requireNonNull(
        draw(stored(request).getSession(), prefix, new ChallengeId(issued.id())));
  }

  /**
   * Draws a challenge of the request's session. Changes nothing: the same id gives the same bytes.
   *
   * @return a picture's file; null if this session has no such challenge, or it has expired
   * @throws StoreUnavailableException if the store is at fault
   */
  public byte @Nullable [] picture(HttpServletRequest request, String id) {
    ChallengeId parsed = ChallengeId.parse(id);
    HttpSession session = parsed == null ? null : stored(request).getSession(false);
    return session == null || parsed == null ? null : draw(session, ATTRIBUTE, parsed);
  }

  /**
   * Verifies an answer, once: right or wrong, it uses the challenge up.
   *
   * @param id the challenge; null for one that was issued unnamed, as {@link #take} says
   * @param answer what was typed; null if nothing was
   * @param scope the form that was sent; it must be the one that the challenge was issued for
   * @return the verdict; a fault of the store is {@link Verdict#UNAVAILABLE}, never an exception
   */
  public Verdict verify(
      HttpServletRequest request, @Nullable String id, @Nullable String answer, String scope) {
    return verify(request, id, answer, scope, Telemetry.NO_GUARD);
  }

  /**
   * Verifies an answer for a guard.
   *
   * @param guard the guard's name, under which the verdict is counted
   * @see #verify(HttpServletRequest, String, String, String)
   */
  public Verdict verify(
      HttpServletRequest request,
      @Nullable String id,
      @Nullable String answer,
      String scope,
      String guard) {
    return id == null
        ? take(request, answer, scope, guard).verdict()
        : told(guard, () -> verifyNamed(request, id, answer, scope)).verdict();
  }

  /**
   * Takes a challenge that was issued unnamed for this form, and uses it up: the newest, or, if
   * that is not the one that was answered, another one whose answer this is, so that each of
   * several pages that are open at once counts. Where an answer could be guessed too easily (there
   * are fewer than 10,000) it is always the newest.
   *
   * @param answer what was typed; null if nothing was
   * @param scope the form that was sent
   * @param guard who asks: the name under which the verdict is counted
   * @return never an exception for a fault of the store: {@link Verdict#UNAVAILABLE}
   */
  public Taken take(
      HttpServletRequest request, @Nullable String answer, String scope, String guard) {
    return told(guard, () -> takeUnnamed(request, answer, scope));
  }

  /** Judges, with a fault of the store as a verdict, and tells of it. */
  private Taken told(String guard, Supplier<Taken> judging) {
    Taken taken;
    try {
      taken = judging.get();
    } catch (StoreUnavailableException e) {
      log.debug("An answer is not verified: {} ({})", e.getMessage(), e.reason());
      taken = refused(Verdict.UNAVAILABLE);
    }
    telemetry.verdict(maker.kind(), guard, taken.verdict(), taken.issuer());
    return taken;
  }

  /**
   * The request whose session is in the store, whatever wraps it here.
   *
   * @return the same one if it has not come through Spring Session's filter
   */
  public static HttpServletRequest stored(HttpServletRequest request) {
    return request.getAttribute(REQUEST) instanceof HttpServletRequest springs ? springs : request;
  }

  private Taken verifyNamed(
      HttpServletRequest request, String text, @Nullable String answer, String scope) {
    HttpSession session = stored(request).getSession(false);
    ChallengeId id = ChallengeId.parse(text);
    if (id == null) {
      return refused(Verdict.MISSING);
    }
    if (session == null) {
      return refused(isPast(id.expires()) ? Verdict.EXPIRED : Verdict.MISSING);
    }
    return claim(session, ATTRIBUTE + id.text(), answer, scope);
  }

  private Taken takeUnnamed(HttpServletRequest request, @Nullable String answer, String scope) {
    HttpSession session = stored(request).getSession(false);
    List<String> open = session == null ? List.of() : openIn(session, unnamed(scope));
    return session == null || open.isEmpty()
        ? refused(Verdict.MISSING)
        : take(session, open, answer, scope);
  }

  /**
   * The newest is claimed before the answer is compared with any, the others too: so there are
   * never more guesses than challenges, however many come at once. When the answer turns out to be
   * another's, the newest goes back under a new name.
   */
  private Taken take(
      HttpSession session, List<String> newestFirst, @Nullable String answer, String scope) {
    Taken newest = claim(session, newestFirst.get(0), answer, scope);
    if (newest.challenge() == null
        || newest.verdict() == Verdict.PASSED
        || maker.answers() < HARD_TO_GUESS) {
      return newest;
    }
    for (String name : newestFirst.subList(1, newestFirst.size())) {
      Challenge other = openedIn(session, name);
      if (other != null && other.question().answer().matches(answer)) {
        Taken taken = claim(session, name, answer, scope);
        if (taken.verdict() == Verdict.PASSED) {
          add(seal.get(), session, newest.challenge(), unnamed(scope));
        }
        return taken;
      }
    }
    return newest;
  }

  /**
   * Claims before it compares: comparing first would give parallel guesses one challenge for free.
   * Only a form without an answer, which is no guess, costs no challenge.
   *
   * <p>A challenge counts in the session that it was issued to and in no other: an application that
   * copies all attributes into a new session at login would bring back one that was claimed.
   */
  private Taken claim(HttpSession session, String name, @Nullable String answer, String scope) {
    if (answer == null || answer.isBlank()) {
      return refused(Verdict.MISSING);
    }
    ChallengeId id = idIn(name);
    if (session.getAttribute(name) instanceof String later && !Seal.isKnown(later)) {
      // Of a version to come, whose nodes can verify it: during a rolling restart they are beside.
      return refused(isPast(id.expires()) ? Verdict.EXPIRED : Verdict.MISSING);
    }
    Seal known = seal.get(); // before the claim: while there is none, the challenge can wait
    String sealed = store.claim(session.getId(), name);
    boolean issuedHere = known.issued(id, created(session));
    if (sealed != null) {
      telemetry.ended(id.expires());
    }
    if (sealed == null) {
      Verdict past = issuedHere ? Verdict.USED : Verdict.MISSING;
      return refused(isPast(id.expires()) ? Verdict.EXPIRED : past);
    }
    Challenge challenge = issuedHere ? known.open(id, sealed) : null;
    if (challenge == null) {
      log.warn(
          "A challenge was sealed with another secret, altered in the store, or copied from another"
              + " session. Set the same captcha.secret on every node; captcha.secret.previous keeps"
              + " an old one.");
      return refused(Verdict.MISSING);
    }
    Telemetry.Issuer issuer = issuer(challenge);
    if (isPast(challenge.expires())) {
      return new Taken(Verdict.EXPIRED, null, issuer);
    }
    if (!challenge.scope().equals(scope)) {
      return new Taken(Verdict.SCOPE, null, issuer);
    }
    boolean right =
        challenge.question().answer().matches(answer)
            || (rules.testMode() && answer.equals(TEST_ANSWER));
    return new Taken(right ? Verdict.PASSED : Verdict.WRONG, challenge, issuer);
  }

  private Telemetry.Issuer issuer(Challenge challenge) {
    if (challenge.node().equals(NodeMark.UNKNOWN)) {
      return Telemetry.Issuer.UNKNOWN;
    }
    return challenge.node().equals(rules.node()) ? Telemetry.Issuer.SAME : Telemetry.Issuer.OTHER;
  }

  private static Taken refused(Verdict verdict) {
    return new Taken(verdict, null, Telemetry.Issuer.UNKNOWN);
  }

  private Issued issue(HttpServletRequest request, String scope, String prefix) {
    Seal known = seal.get(); // before a session is begun: it throws while there is none
    Instant expires = Instant.ofEpochMilli(clock.millis() + rules.ttl().toMillis());
    if (request.getMethod().equals("HEAD")) {
      // Nobody will see this page, so it must push no one's challenge out.
      return new Issued(known.mint(clock.instant(), expires).text(), expires);
    }
    limits.issue(request); // before a session is begun
    HttpSession session = stored(request).getSession();
    keepBriefly(session);
    makeRoom(session);
    telemetry.issued(maker.kind());
    return add(
        known,
        session,
        new Challenge(maker.make(random), random.nextLong(), scope, expires, rules.node()),
        prefix);
  }

  private Issued add(Seal seal, HttpSession session, Challenge challenge, String prefix) {
    ChallengeId id = seal.mint(created(session), challenge.expires());
    session.setAttribute(prefix + id.text(), seal.seal(id, challenge));
    telemetry.opened(challenge.expires());
    return new Issued(id.text(), challenge.expires());
  }

  /**
   * A session that was begun for a challenge need not outlive it: a visitor who never comes back
   * must not fill the store. The application gets its usual time when it puts something in.
   */
  private void keepBriefly(HttpSession session) {
    if (session.isNew()
        && session.getMaxInactiveInterval() == rules.usually()
        && rules.usually() > rules.briefly()
        && !session.getAttributeNames().hasMoreElements()) {
      session.setMaxInactiveInterval(rules.briefly());
    }
  }

  /** Leaves room for one more: expired challenges go, then the oldest. */
  private void makeRoom(HttpSession session) {
    List<String> open = openIn(session, name -> name.startsWith(ATTRIBUTE));
    for (int i = 0; i < open.size(); i++) {
      if (i >= rules.maxOpen() - 1 || isPast(idIn(open.get(i)).expires())) {
        session.removeAttribute(open.get(i));
        telemetry.ended(idIn(open.get(i)).expires());
      }
    }
  }

  /** Where a form's unnamed challenges are; an empty scope's are not those of any other. */
  private static String unnamed(String scope) {
    return scope.isEmpty() ? UNNAMED : UNNAMED + scope + ".";
  }

  private static List<String> openIn(HttpSession session, String prefix) {
    return openIn(session, name -> name.startsWith(prefix) && prefix.length() == dot(name) + 1);
  }

  /** The attributes that hold a challenge, newest first. */
  private static List<String> openIn(HttpSession session, Predicate<String> which) {
    return Collections.list(session.getAttributeNames()).stream()
        .filter(name -> which.test(name) && ChallengeId.parse(afterDot(name)) != null)
        .sorted(Comparator.comparing((String name) -> idIn(name).expires()).reversed())
        .toList();
  }

  private static ChallengeId idIn(String attribute) {
    return new ChallengeId(afterDot(attribute));
  }

  private static String afterDot(String attribute) {
    return attribute.substring(dot(attribute) + 1);
  }

  private static int dot(String attribute) {
    return attribute.lastIndexOf('.');
  }

  private byte @Nullable [] draw(HttpSession session, String prefix, ChallengeId id) {
    Challenge challenge = isPast(id.expires()) ? null : openedIn(session, prefix + id.text());
    if (challenge == null) {
      return null;
    }
    telemetry.shown(Telemetry.Form.PICTURE);
    return pictures.draw(challenge.question().shown(), challenge.seed());
  }

  private @Nullable Challenge openedIn(HttpSession session, String name) {
    return session.getAttribute(name) instanceof String sealed
        ? seal.get().open(idIn(name), sealed)
        : null;
  }

  private static Instant created(HttpSession session) {
    return Instant.ofEpochMilli(session.getCreationTime());
  }

  private boolean isPast(Instant expires) {
    return !clock.instant().isBefore(expires);
  }
}
