package io.anynode.captcha;

import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Seal;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open challenges of a session: the attributes that hold them, by the names that they have
 * there. Safe for use by many threads.
 */
final class SessionChallenges {

  /** How the attribute of a challenge begins that a page shows without knowing its id. */
  private static final String UNNAMED = Captcha.ATTRIBUTE + "image.";

  private final Supplier<Seal> seal;
  private final Clock clock;
  private final Telemetry telemetry;

  SessionChallenges(Supplier<Seal> seal, Clock clock, Telemetry telemetry) {
    this.seal = seal;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** Puts one in, under a name that was never used and never will be again. */
  Issued add(Seal seal, HttpSession session, ChallengeId id, Challenge challenge, String prefix) {
    session.setAttribute(prefix + id.text(), seal.seal(id, challenge));
    telemetry.opened(challenge.expires());
    return new Issued(id.text(), challenge.expires());
  }

  /** Puts one in again that was claimed and not answered, under a new name. */
  void putBack(HttpSession session, Challenge claimed, String prefix) {
    Seal now = seal.get();
    ChallengeId id = now.mint(created(session), claimed.expires());
    Issued unused = add(now, session, id, claimed.drawnFrom(now.seed(id)), prefix);
  }

  /** Leaves room for one more: expired challenges go, then the oldest. */
  void makeRoom(HttpSession session, int most) {
    List<String> open = openIn(session, name -> name.startsWith(Captcha.ATTRIBUTE));
    for (int i = 0; i < open.size(); i++) {
      if (i >= most - 1 || isPast(idIn(open.get(i)).expires())) {
        session.removeAttribute(open.get(i));
        telemetry.ended(idIn(open.get(i)).expires());
      }
    }
  }

  /** Opens one without claiming it; null if there is none, or it cannot be opened. */
  @Nullable Challenge opened(HttpSession session, String name) {
    return session.getAttribute(name) instanceof String sealed
        ? seal.get().open(idIn(name), sealed)
        : null;
  }

  boolean isPast(Instant expires) {
    return !clock.instant().isBefore(expires);
  }

  /** How the names of a form's unnamed challenges begin; an empty scope's are no other's. */
  static String unnamed(String scope) {
    return scope.isEmpty() ? UNNAMED : UNNAMED + scope + ".";
  }

  /** The names with this beginning and an id behind it, newest first. */
  static List<String> openIn(HttpSession session, String prefix) {
    return openIn(session, name -> name.startsWith(prefix) && prefix.length() == dot(name) + 1);
  }

  private static List<String> openIn(HttpSession session, Predicate<String> which) {
    return Collections.list(session.getAttributeNames()).stream()
        .filter(name -> which.test(name) && ChallengeId.parse(afterDot(name)) != null)
        .sorted(Comparator.comparing((String name) -> idIn(name).expires()).reversed())
        .toList();
  }

  static ChallengeId idIn(String attribute) {
    return new ChallengeId(afterDot(attribute));
  }

  static Instant created(HttpSession session) {
    return Instant.ofEpochMilli(session.getCreationTime());
  }

  private static String afterDot(String attribute) {
    return attribute.substring(dot(attribute) + 1);
  }

  private static int dot(String attribute) {
    return attribute.lastIndexOf('.');
  }
}
