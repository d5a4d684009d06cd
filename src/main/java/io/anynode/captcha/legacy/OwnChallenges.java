package io.anynode.captcha.legacy;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Taken;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.render.Format;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Challenges of ours at the old picture's URL, sealed in the session. The old attribute exists only
 * in the view of the request that has claimed one.
 */
final class OwnChallenges implements Source {

  /** No visitor can ask for such a scope: a colon is not allowed in one. */
  private static final String SCOPE = "legacy:";

  private final Captcha captcha;
  private final String scope;
  private final Format format;
  private final Shape shape;
  private final Duration ttl;

  /**
   * The old attribute's shape.
   *
   * @param attribute its name; null if nothing is to be shown
   * @param date the name of another one with the time at which the answer was made; null for none
   * @param value the answer as the old code expects it, from the answer's text; it may throw {@link
   *     NumberFormatException}
   */
  record Shape(@Nullable String attribute, @Nullable String date, Value value) {}

  /** The old attribute's value, from the answer's text. */
  @FunctionalInterface
  interface Value {
    Object of(String answer);
  }

  /**
   * The challenges of one old captcha.
   *
   * @param captcha thinks of them and draws them
   * @param name the old captcha's
   * @param ttl how long each can be answered
   */
  OwnChallenges(Captcha captcha, String name, Format format, Shape shape, Duration ttl) {
    this.captcha = captcha;
    this.scope = SCOPE + name;
    this.format = format;
    this.shape = shape;
    this.ttl = ttl;
  }

  /** Answers a request for the picture: a GET with a new one, a HEAD with what that would be. */
  void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getMethod().equalsIgnoreCase("HEAD")) {
      response.setHeader("Cache-Control", "no-store");
      response.setContentType(format.mediaType());
      return;
    }
    ShortAnswer.send(response, format.mediaType(), captcha.issueUnnamed(request, scope));
  }

  @Override
  public Set<String> attributes() {
    return Stream.of(shape.attribute(), shape.date())
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Claim claim(HttpServletRequest request, @Nullable String typed) {
    Taken taken = captcha.take(request, typed, scope, scope);
    Challenge challenge = taken.challenge();
    if (challenge == null) {
      return Claim.refused(taken.verdict());
    }
    try {
      return new Claim(taken.verdict(), shown(challenge, expected(taken, challenge, typed)));
    } catch (NumberFormatException e) {
      return Claim.refused(Verdict.MISSING); // issued before the settings were changed
    }
  }

  /** The answer; in test mode the test's, so that the old code lets it pass as well. */
  private static String expected(Taken taken, Challenge challenge, @Nullable String typed) {
    Answer answer = challenge.question().answer();
    return typed != null && taken.verdict() == Verdict.PASSED && !answer.matches(typed)
        ? typed
        : answer.text();
  }

  private Map<String, Object> shown(Challenge challenge, String answer) {
    Map<String, Object> shown = new LinkedHashMap<>();
    if (shape.attribute() != null) {
      shown.put(shape.attribute(), shape.value().of(answer));
    }
    if (shape.date() != null) {
      shown.put(shape.date(), Date.from(challenge.expires().minus(ttl)));
    }
    return shown;
  }
}
