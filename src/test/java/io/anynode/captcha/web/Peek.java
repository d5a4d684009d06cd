package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.session.SessionStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Looks into a stored session, as only a test may, for it knows the secret. */
public final class Peek {

  public static final String SECRET = "a secret of the tests";

  private Peek() {}

  /** The right answer to a challenge of a session. */
  public static String answer(SessionStore store, String sessionId, String id) {
    return answerIn(store, sessionId, Captcha.ATTRIBUTE + id);
  }

  /** The right answer to the only challenge that was issued without an id. */
  public static String answerOfImage(SessionStore store, String sessionId) {
    String attribute =
        session(store, sessionId).getAttributeNames().stream()
            .filter(name -> name.startsWith(Captcha.ATTRIBUTE + "image."))
            .findFirst()
            .orElseThrow();
    return answerIn(store, sessionId, attribute);
  }

  /** The right answers to all challenges that were issued without an id, newest first. */
  public static List<String> answersOfImages(SessionStore store, String sessionId) {
    return session(store, sessionId).getAttributeNames().stream()
        .filter(name -> name.startsWith(Captcha.ATTRIBUTE + "image."))
        .sorted(Comparator.comparing(Peek::expires).reversed())
        .map(name -> answerIn(store, sessionId, name))
        .toList();
  }

  /** Writes over a stored attribute. */
  public static void overwrite(
      SessionStore store, String sessionId, String attribute, String value) {
    overwriteIn(store.sessions(), sessionId, attribute, value);
  }

  /** A session as it is stored. */
  public static Session session(SessionStore store, String sessionId) {
    return Objects.requireNonNull(store.sessions().findById(sessionId), "no such session");
  }

  private static <S extends Session> void overwriteIn(
      SessionRepository<S> sessions, String sessionId, String attribute, String value) {
    S session = Objects.requireNonNull(sessions.findById(sessionId), "no such session");
    session.setAttribute(attribute, value);
    sessions.save(session);
  }

  private static Instant expires(String attribute) {
    return new ChallengeId(attribute.substring(attribute.lastIndexOf('.') + 1)).expires();
  }

  private static String answerIn(SessionStore store, String sessionId, String attribute) {
    String id = attribute.substring(attribute.lastIndexOf('.') + 1);
    String sealed = session(store, sessionId).getRequiredAttribute(attribute);
    Challenge challenge =
        new Seal(List.of(SECRET), new SecureRandom()).open(new ChallengeId(id), sealed);
    return Objects.requireNonNull(challenge, "sealed by another secret").question().answer().text();
  }
}
