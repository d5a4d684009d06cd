package io.anynode.captcha;

import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Proof;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.Work;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims challenges and judges answers, each once. Safe for use by many threads. */
final class Judge {

  private static final Logger log = LoggerFactory.getLogger(Judge.class);

  /** From so many answers on, one guess may be compared with all open challenges of a form. */
  private static final int HARD_TO_GUESS = 10_000;

  private final SessionStore store;
  private final Supplier<Seal> seal;
  private final SessionChallenges open;
  private final Maker maker;
  private final Captcha.Rules rules;
  private final Telemetry telemetry;

  Judge(
      SessionStore store,
      Supplier<Seal> seal,
      SessionChallenges open,
      Maker maker,
      Captcha.Rules rules,
      Telemetry telemetry) {
    this.store = store;
    this.seal = seal;
    this.open = open;
    this.maker = maker;
    this.rules = rules;
    this.telemetry = telemetry;
  }

  /** As {@link Captcha#verify} with an id. */
  Taken verify(HttpServletRequest request, String id, Given given, String scope, String guard) {
    return told(guard, () -> verifyNamed(request, id, given, scope));
  }

  /** As {@link Captcha#take}. */
  Taken take(HttpServletRequest request, @Nullable String answer, String scope, String guard) {
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

  private Taken verifyNamed(HttpServletRequest request, String text, Given given, String scope) {
    ChallengeId id = ChallengeId.parse(text);
    if (id == null) {
      return refused(Verdict.MISSING);
    }
    String name = Captcha.ATTRIBUTE + id.text();
    List<String> asked = given.isNothing() ? List.of() : SessionsAsked.of(request);
    String alone = asked.isEmpty() ? null : asked.get(0);
    Taken taken = alone == null ? null : claimAlone(request, alone, id, name, given, scope);
    if (taken != null) {
      return taken;
    }
    HttpSession session = Captcha.stored(request).getSession(false);
    if (session == null) {
      return refused(late(id));
    }
    return session.getId().equals(alone)
        ? refused(gone(session, id))
        : claim(session, name, given, scope);
  }

  /**
   * Claims without a look at the rest of the session, in which the application may keep much.
   *
   * @param session the one that the request names first
   * @return null if there was nothing to claim: the session tells why
   */
  private @Nullable Taken claimAlone(
      HttpServletRequest request,
      String session,
      ChallengeId id,
      String name,
      Given given,
      String scope) {
    Seal known = seal.get(); // before the claim: while there is none, the challenge can wait
    SessionStore.Claimed claimed = store.claimWhole(session, name);
    if (claimed == null) {
      return null;
    }
    if (!Seal.isKnown(claimed.content())) {
      return putBack(request, id, name, claimed.content());
    }
    return judged(known, claimed, id, given, scope);
  }

  /**
   * Leaves a challenge of a version to come to those that can verify it: during a rolling restart
   * they are beside.
   */
  private Taken putBack(HttpServletRequest request, ChallengeId id, String name, String later) {
    HttpSession session = Captcha.stored(request).getSession(false);
    if (session != null) {
      session.setAttribute(name, later);
    }
    return refused(late(id));
  }

  private Taken takeUnnamed(HttpServletRequest request, @Nullable String answer, String scope) {
    HttpSession session = Captcha.stored(request).getSession(false);
    List<String> names =
        session == null
            ? List.of()
            : SessionChallenges.openIn(session, SessionChallenges.unnamed(scope));
    return session == null || names.isEmpty()
        ? refused(Verdict.MISSING)
        : take(session, names, answer, scope);
  }

  /**
   * The newest is claimed before the answer is compared with any, the others too: so there are
   * never more guesses than challenges, however many come at once. When the answer turns out to be
   * another's, the newest goes back under a new name.
   */
  private Taken take(
      HttpSession session, List<String> newestFirst, @Nullable String answer, String scope) {
    Given typed = Given.typed(answer);
    Taken newest = claim(session, newestFirst.get(0), typed, scope);
    if (newest.challenge() == null
        || newest.verdict() == Verdict.PASSED
        || maker.answers() < HARD_TO_GUESS) {
      return newest;
    }
    for (String name : newestFirst.subList(1, newestFirst.size())) {
      Challenge other = open.opened(session, name);
      if (other != null && other.question().answer().matches(answer)) {
        Taken taken = claim(session, name, typed, scope);
        if (taken.verdict() == Verdict.PASSED) {
          open.putBack(session, newest.challenge(), SessionChallenges.unnamed(scope));
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
  private Taken claim(HttpSession session, String name, Given given, String scope) {
    if (given.isNothing()) {
      return refused(Verdict.MISSING);
    }
    ChallengeId id = SessionChallenges.idIn(name);
    if (session.getAttribute(name) instanceof String later && !Seal.isKnown(later)) {
      return refused(late(id)); // as in putBack
    }
    Seal known = seal.get(); // before the claim: while there is none, the challenge can wait
    SessionStore.Claimed claimed = store.claimWhole(session.getId(), name);
    return claimed == null ? refused(gone(session, id)) : judged(known, claimed, id, given, scope);
  }

  private Taken judged(
      Seal known, SessionStore.Claimed claimed, ChallengeId id, Given given, String scope) {
    telemetry.ended(id.expires());
    boolean issuedThere = known.issued(id, claimed.sessionCreated());
    Challenge challenge = issuedThere ? known.open(id, claimed.content()) : null;
    if (challenge == null) {
      log.warn(
          "A challenge was sealed with another secret, altered in the store, or copied from another"
              + " session. Set the same captcha.secret on every node; captcha.secret.previous keeps"
              + " an old one.");
      return refused(Verdict.MISSING);
    }
    Telemetry.Issuer issuer = issuer(challenge);
    if (open.isPast(challenge.expires())) {
      return new Taken(Verdict.EXPIRED, null, issuer);
    }
    if (!challenge.scope().equals(scope)) {
      return new Taken(Verdict.SCOPE, null, issuer);
    }
    boolean right = isTypedRight(challenge, given) || isDone(challenge, id, given);
    return new Taken(right ? Verdict.PASSED : Verdict.WRONG, challenge, issuer);
  }

  /** Why a challenge is not in a session, as far as its id tells. */
  private Verdict gone(HttpSession session, ChallengeId id) {
    return !open.isPast(id.expires()) && seal.get().issued(id, SessionChallenges.created(session))
        ? Verdict.USED
        : late(id);
  }

  /** Why a challenge is not there that was not used here, as far as its id tells. */
  private Verdict late(ChallengeId id) {
    return open.isPast(id.expires()) ? Verdict.EXPIRED : Verdict.MISSING;
  }

  private boolean isTypedRight(Challenge challenge, Given given) {
    return given.isTyped()
        && (challenge.question().answer().matches(given.answer())
            || (rules.testMode() && Captcha.TEST_ANSWER.equals(given.answer())));
  }

  private static boolean isDone(Challenge challenge, ChallengeId id, Given given) {
    Work work = challenge.work();
    Proof proof = given.proof();
    return work != null && proof != null && work.isDone(id, proof);
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
}
