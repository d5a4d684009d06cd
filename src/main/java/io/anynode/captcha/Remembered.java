package io.anynode.captcha;

import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Right answers that count a little longer, so that a mistyped password does not ask for a second
 * captcha.
 *
 * <p>A right answer leaves a mark in the session, for its form. The next request of that form
 * claims the mark, as it would a challenge, and leaves one with a use less: so that of requests
 * that come at once, on whatever nodes, one gets through, and all in all no more than {@link
 * #REQUESTS} for each right answer. A mark counts under the session's id that it was left under: a
 * login that succeeds changes that id, and uses the mark up. Safe for use by many threads.
 */
public final class Remembered {

  /** How many requests one right answer lets through, the one that brought it among them. */
  public static final int REQUESTS = 5;

  /** How the session attribute of a mark begins; then come the scope, a colon and a nonce. */
  private static final String MARK = Captcha.ATTRIBUTE + "passed.";

  private static final int NONCE = 16;

  private final SessionStore store;
  private final Supplier<Seal> seal;
  private final Clock clock;
  private final RandomGenerator random;

  Remembered(SessionStore store, Supplier<Seal> seal, Clock clock, RandomGenerator random) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
    this.random = random;
  }

  private record Mark(Instant expires, int uses, String session) {

    String text() {
      return expires.toEpochMilli() + " " + uses + " " + session;
    }

    static Mark of(String text) {
      String[] parts = text.split(" ", 3);
      return new Mark(
          Instant.ofEpochMilli(Long.parseLong(parts[0])), Integer.parseInt(parts[1]), parts[2]);
    }
  }

  /**
   * Leaves a mark for a right answer.
   *
   * @param scope the form that was sent
   * @param life how long it counts; positive
   */
  public void passed(HttpServletRequest request, String scope, Duration life) {
    HttpSession session = Captcha.stored(request).getSession(false);
    if (session != null) {
      Instant expires = clock.instant().plus(life);
      leave(session, scope, new Mark(expires, REQUESTS - 1, session.getId()));
    }
  }

  /**
   * Uses a mark, once for each request that it lets through.
   *
   * @param scope the form that was sent
   * @return whether there was one, and this request is the one that got it
   * @throws StoreUnavailableException if the store is at fault
   */
  public boolean use(HttpServletRequest request, String scope) {
    HttpSession session = Captcha.stored(request).getSession(false);
    if (session == null) {
      return false;
    }
    for (String name : marks(session, scope)) {
      if (opened(session, name) != null) {
        String claimed = store.claim(session.getId(), name);
        session.removeAttribute(name); // it is gone, whoever got it
        Mark mark = claimed == null ? null : opened(session, name, claimed);
        if (mark != null) {
          leave(session, scope, new Mark(mark.expires(), mark.uses() - 1, mark.session()));
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Tells whether the next request of a form would find a mark. Changes nothing.
   *
   * @param scope the form
   * @throws StoreUnavailableException if the store is at fault
   */
  public boolean holds(HttpServletRequest request, String scope) {
    HttpSession session = Captcha.stored(request).getSession(false);
    return session != null
        && marks(session, scope).stream().anyMatch(name -> opened(session, name) != null);
  }

  /** Takes the marks of a form away: a login was told to have succeeded. */
  public void forget(HttpServletRequest request, String scope) {
    HttpSession session = Captcha.stored(request).getSession(false);
    if (session != null) {
      marks(session, scope).forEach(session::removeAttribute);
    }
  }

  /** A new mark takes the place of those that are there; under a new name, as any claim needs. */
  private void leave(HttpSession session, String scope, Mark mark) {
    marks(session, scope).forEach(session::removeAttribute);
    if (mark.uses() > 0) {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      String name = MARK + scope + ':' + HexFormat.of().formatHex(nonce);
      session.setAttribute(name, seal.get().sealText(name, mark.text()));
    }
  }

  private static List<String> marks(HttpSession session, String scope) {
    String prefix = MARK + scope + ':';
    return Collections.list(session.getAttributeNames()).stream()
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private @Nullable Mark opened(HttpSession session, String name) {
    return session.getAttribute(name) instanceof String sealed
        ? opened(session, name, sealed)
        : null;
  }

  /** A mark that still counts. */
  private @Nullable Mark opened(HttpSession session, String name, String sealed) {
    String text = seal.get().openText(name, sealed);
    Mark mark = text == null ? null : Mark.of(text);
    return mark != null
            && clock.instant().isBefore(mark.expires())
            && mark.session().equals(session.getId())
        ? mark
        : null;
  }
}
