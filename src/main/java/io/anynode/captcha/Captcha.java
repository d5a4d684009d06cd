package io.anynode.captcha;

import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Proof;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.Work;
import io.anynode.captcha.rate.Difficulty;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.render.Pictures;
import io.anynode.captcha.render.Sounds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Issues challenges, shows them, and verifies answers, on whichever node a request lands.
 *
 * <p>The requests must come through Spring Session's filter, which leaves its own in the attribute
 * {@link #REQUEST}: that one's session is in the store, whatever wraps a request later, and also
 * where the application has kept the container's session. Safe for use by many threads.
 */
public final class Captcha {

  /** The request attribute with the request whose session is in the store. */
  public static final String REQUEST = Captcha.class.getName() + ".request";

  /** The request attribute with a {@link SessionsAsked}. */
  public static final String SESSIONS = Captcha.class.getName() + ".sessions";

  /** How the session attribute of each challenge begins. */
  public static final String ATTRIBUTE = "captcha.";

  /** What is right in test mode, whatever the challenge. */
  public static final String TEST_ANSWER = "PASSED";

  private final SessionStore store;
  private final Supplier<Seal> seal;
  private final Maker maker;
  private final Pictures pictures;
  private final Rules rules;
  private final Limits limits;
  private final Clock clock;
  private final SessionChallenges open;
  private final Judge judge;
  private final RandomGenerator random;
  private final Telemetry telemetry;
  private final @Nullable Difficulty difficulty;
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
   * A captcha that is answered by typing alone.
   *
   * @see #Captcha(SessionStore, Supplier, Maker, Pictures, Rules, Limits, Clock, RandomGenerator,
   *     Telemetry, Difficulty)
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
    this(store, seal, maker, pictures, rules, limits, clock, random, telemetry, null);
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
   * @param difficulty of the work that answers each challenge as well; null for none
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
      Telemetry telemetry,
      @Nullable Difficulty difficulty) {
    this.store = store;
    this.seal = seal;
    this.maker = maker;
    this.pictures = pictures;
    this.rules = rules;
    this.limits = limits;
    this.clock = clock;
    this.open = new SessionChallenges(seal, clock, telemetry);
    this.judge = new Judge(store, seal, open, maker, rules, telemetry);
    this.random = random;
    this.telemetry = telemetry;
    this.difficulty = difficulty;
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
    return issue(request, scope, ATTRIBUTE).issued();
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
    String prefix = SessionChallenges.unnamed(scope);
    return drawn(Objects.requireNonNull(issue(request, scope, prefix).challenge()));
  }

  /**
   * Issues a challenge, and tells the work that answers it, for a page that asks for both at once.
   *
   * @param scope the form that it is for; empty for none
   * @throws StoreUnavailableException if the store is at fault
   * @throws io.anynode.captcha.rate.LimitedException if the client has had too many
   * @throws IllegalStateException if no work is offered
   */
  public IssuedWork issueWork(HttpServletRequest request, String scope) {
    New made = issue(request, scope, ATTRIBUTE);
    Work work = made.challenge() == null ? null : told(made.challenge().work());
    if (work == null) {
      throw new IllegalStateException("No work is offered; captcha.offer has it not.");
    }
    return new IssuedWork(made.issued(), work);
  }

  /** A challenge that was issued, and the work that answers it. */
  public record IssuedWork(Issued issued, Work work) {}

  /** A challenge that was just made, and is in no store yet; null if nobody will see it. */
  private record New(Issued issued, @Nullable Challenge challenge) {}

  /**
   * Draws a challenge of the request's session. Changes nothing: the same id gives the same bytes.
   *
   * @return a picture's file; null if this session has no such challenge, it has expired, or there
   *     is nothing to be seen in it
   * @throws StoreUnavailableException if the store is at fault
   */
  public byte @Nullable [] picture(HttpServletRequest request, String id) {
    Challenge challenge = shown(request, id);
    return challenge == null || challenge.question().shown().isEmpty() ? null : drawn(challenge);
  }

  /**
   * Speaks a challenge of the request's session, otherwise as {@link #picture}.
   *
   * @param sounds speak it
   * @return a sound's file; null if this session has no such challenge, or it has expired
   * @throws StoreUnavailableException if the store is at fault
   */
  public byte @Nullable [] sound(HttpServletRequest request, String id, Sounds sounds) {
    Challenge challenge = shown(request, id);
    if (challenge == null || challenge.question().shown().isEmpty()) {
      return null;
    }
    telemetry.shown(Telemetry.Form.SOUND);
    return sounds.speak(challenge.question().shown(), challenge.seed());
  }

  /**
   * The work that answers a challenge of the request's session. Changes nothing.
   *
   * @return null if this session has no such challenge, it has expired, or has no work
   * @throws StoreUnavailableException if the store is at fault
   */
  public @Nullable Work work(HttpServletRequest request, String id) {
    Challenge challenge = shown(request, id);
    return challenge == null ? null : told(challenge.work());
  }

  /**
   * Verifies something typed, once: right or wrong, it uses the challenge up.
   *
   * @param id the challenge; null for one that was issued unnamed, as {@link #take} says
   * @param answer what was typed; null if nothing was
   * @param scope the form that was sent; it must be the one that the challenge was issued for
   * @return the verdict; a fault of the store is {@link Verdict#UNAVAILABLE}, never an exception
   */
  public Verdict verify(
      HttpServletRequest request, @Nullable String id, @Nullable String answer, String scope) {
    return verify(request, id, Given.typed(answer), scope, Telemetry.NO_GUARD);
  }

  /**
   * Verifies what a form gives, once: right or wrong, it uses the challenge up.
   *
   * <p>The challenge is the one that the id names. A form without an id, or with nothing typed, may
   * name another one in its proof. If it has a proof and no id and something typed, the proof's
   * challenge is judged first; if that does not pass, one that was issued unnamed.
   *
   * @param id the challenge; null if the form names none beside the proof's
   * @param scope the form that was sent; it must be the one that the challenge was issued for
   * @param guard who asks: the name under which the verdict is counted
   * @return the verdict; a fault of the store is {@link Verdict#UNAVAILABLE}, never an exception
   */
  public Verdict verify(
      HttpServletRequest request, @Nullable String id, Given given, String scope, String guard) {
    Proof proof = given.proof();
    if (proof != null && (id == null || !given.isTyped())) {
      Given alone = new Given(null, proof);
      Verdict verdict = judge.verify(request, proof.id().text(), alone, scope, guard).verdict();
      return verdict == Verdict.PASSED || !given.isTyped()
          ? verdict
          : take(request, given.answer(), scope, guard).verdict();
    }
    return id == null
        ? take(request, given.answer(), scope, guard).verdict()
        : judge.verify(request, id, given, scope, guard).verdict();
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
    return judge.take(request, answer, scope, guard);
  }

  /**
   * The request whose session is in the store, whatever wraps it here.
   *
   * @return the same one if it has not come through Spring Session's filter
   */
  public static HttpServletRequest stored(HttpServletRequest request) {
    return request.getAttribute(REQUEST) instanceof HttpServletRequest springs ? springs : request;
  }

  private New issue(HttpServletRequest request, String scope, String prefix) {
    Seal known = seal.get(); // before a session is begun: it throws while there is none
    Instant expires = Instant.ofEpochMilli(clock.millis() + rules.ttl().toMillis());
    if (request.getMethod().equals("HEAD")) {
      // Nobody will see this page, so it must push no one's challenge out.
      return new New(new Issued(known.mint(clock.instant(), expires).text(), expires), null);
    }
    limits.issue(request); // before a session is begun
    HttpSession session = stored(request).getSession();
    keepBriefly(session);
    open.makeRoom(session, rules.maxOpen());
    telemetry.issued(maker.kind());
    ChallengeId id = known.mint(SessionChallenges.created(session), expires);
    Challenge challenge =
        new Challenge(
            maker.make(random),
            known.seed(id),
            scope,
            expires,
            rules.node(),
            prefix.equals(ATTRIBUTE) ? work(request) : null);
    return new New(open.add(known, session, id, challenge, prefix), challenge);
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

  /** Work for a new challenge, if it is offered: a page that knows no id cannot ask for it. */
  private @Nullable Work work(HttpServletRequest request) {
    return difficulty == null ? null : Work.make(random, difficulty.next(request));
  }

  /**
   * A challenge that is to be shown, read without its session: the application may keep much there.
   */
  private @Nullable Challenge shown(HttpServletRequest request, String text) {
    ChallengeId id = ChallengeId.parse(text);
    if (id == null || open.isPast(id.expires())) {
      return null;
    }
    for (String session : SessionsAsked.of(request)) {
      String sealed = store.read(session, ATTRIBUTE + id.text());
      if (sealed != null) {
        return seal.get().open(id, sealed);
      }
    }
    return null;
  }

  private @Nullable Work told(@Nullable Work work) {
    if (work != null) {
      telemetry.shown(Telemetry.Form.WORK);
    }
    return work;
  }

  private byte[] drawn(Challenge challenge) {
    telemetry.shown(Telemetry.Form.PICTURE);
    return pictures.draw(challenge.question().shown(), challenge.seed());
  }
}
