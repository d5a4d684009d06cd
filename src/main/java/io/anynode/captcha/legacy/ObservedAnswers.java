package io.anynode.captcha.legacy;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that the old code makes and puts into the session.
 *
 * <p>The old attribute's name is used again and again, so it cannot be claimed. Instead, each value
 * that is put under it is stored under a new name, and beside it a mark that can be claimed. There
 * is one at a time: the old code draws for one name only, and the newest counts.
 */
final class ObservedAnswers implements Source {

  /** How the names of what is stored instead begin. */
  static final String PREFIX = Captcha.ATTRIBUTE + "legacy.";

  private static final Logger log = LoggerFactory.getLogger(ObservedAnswers.class);
  private static final String MARK = "open";
  private static final String VALUE = ".value";
  private static final int NONCE_BYTES = 16;

  private final SessionStore store;
  private final String name;
  private final String attribute;
  private final Reading reading;
  private final Comparison comparison;
  private final Clock clock;
  private final RandomGenerator random;
  private final Telemetry telemetry;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * How what was typed is compared.
   *
   * @param caseSensitive whether upper and lower case differ
   * @param testMode whether the test answer is right
   */
  record Comparison(boolean caseSensitive, boolean testMode) {}

  /** Reads the answer out of a value of the old code's. */
  @FunctionalInterface
  interface Reading {
    /** Null if the value is not of the type that it must be. */
    @Nullable String answer(Object value);
  }

  /**
   * The answers of one old captcha.
   *
   * @param name the old captcha's
   * @param attribute the session attribute that the old code writes
   */
  ObservedAnswers(
      SessionStore store,
      String name,
      String attribute,
      Reading reading,
      Comparison comparison,
      Clock clock,
      RandomGenerator random,
      Telemetry telemetry) {
    this.store = store;
    this.name = name;
    this.attribute = attribute;
    this.reading = reading;
    this.comparison = comparison;
    this.clock = clock;
    this.random = random;
    this.telemetry = telemetry;
  }

  @Override
  public Set<String> attributes() {
    return Set.of(attribute);
  }

  @Override
  public Claim claim(HttpServletRequest request, @Nullable String typed) {
    Claim claim;
    try {
      claim = judged(request, typed);
    } catch (StoreUnavailableException e) {
      claim = Claim.refused(Verdict.UNAVAILABLE);
    }
    telemetry.verdict("observed", "legacy:" + name, claim.verdict(), Telemetry.Issuer.UNKNOWN);
    return claim;
  }

  private Claim judged(HttpServletRequest request, @Nullable String typed) {
    HttpSession session = stored(request);
    List<String> open = session == null ? List.of() : open(session);
    if (session == null || open.isEmpty()) {
      return Claim.refused(Verdict.MISSING);
    }
    String mark = open.get(0);
    if (store.claim(session.getId(), mark) == null) {
      return Claim.refused(Verdict.USED);
    }
    Object value = session.getAttribute(mark + VALUE);
    remove(session);
    String answer = value == null ? null : reading.answer(value);
    return value == null || answer == null || typed == null || typed.isBlank()
        ? Claim.refused(Verdict.MISSING)
        : new Claim(compared(answer, typed), Map.of(attribute, value));
  }

  private Verdict compared(String answer, String typed) {
    boolean right =
        new Answer(answer, comparison.caseSensitive()).matches(typed)
            || (comparison.testMode() && typed.equals(Captcha.TEST_ANSWER));
    return right ? Verdict.PASSED : Verdict.WRONG;
  }

  /** The newest value that the old code has put into the session and nobody has claimed yet. */
  @Nullable Object newest(HttpServletRequest request) {
    HttpSession session = stored(request);
    List<String> open = session == null ? List.of() : open(session);
    return session == null || open.isEmpty() ? null : session.getAttribute(open.get(0) + VALUE);
  }

  /**
   * Stores what the old code puts into the session. A value that no one could type counts as none:
   * old code empties its attribute that way.
   */
  void put(HttpServletRequest request, Object value) {
    remove(request);
    String answer = reading.answer(value);
    if (answer == null) {
      if (warned.compareAndSet(false, true)) {
        log.warn(
            "The old captcha {} does not count: its attribute is a {}. Correct its library or type"
                + " in captcha.legacy.{}.",
            name,
            value.getClass().getName(),
            name);
      }
      return;
    }
    if (!answer.isBlank()) {
      HttpSession session = Captcha.stored(request).getSession();
      String mark = prefix() + nonce();
      session.setAttribute(mark + VALUE, value);
      session.setAttribute(mark, MARK);
    }
  }

  /** Removes all that is stored. */
  void remove(HttpServletRequest request) {
    HttpSession session = stored(request);
    if (session != null) {
      remove(session);
    }
  }

  private void remove(HttpSession session) {
    for (String stored : Collections.list(session.getAttributeNames())) {
      if (stored.startsWith(prefix())) {
        session.removeAttribute(stored);
      }
    }
  }

  /** Not always the session that the old code sees: that may be the container's own. */
  private static @Nullable HttpSession stored(HttpServletRequest request) {
    return Captcha.stored(request).getSession(false);
  }

  /** The marks in a session, newest first: two requests at once may have left two. */
  private List<String> open(HttpSession session) {
    return Collections.list(session.getAttributeNames()).stream()
        .filter(stored -> stored.startsWith(prefix()) && !stored.endsWith(VALUE))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private String prefix() {
    return PREFIX + name + ".";
  }

  /** Never used again; later ones sort behind earlier ones. */
  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return "%012x".formatted(clock.millis())
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
