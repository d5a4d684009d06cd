package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Given;
import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Tokens;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.challenge.Proof;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST siteverify}: another application's server asks whether a visitor has passed, with the
 * fields and the answers of reCAPTCHA, hCaptcha and Turnstile.
 *
 * <p>The field {@code response} is a token of {@link AnswersEndpoint}. Or it is {@code
 * <id>:<answer>} as a form without a script sent them, and the request brings the visitor's session
 * cookie, which that server got with the form; the id is empty for a picture that the page shows
 * without knowing one. Or, with that cookie, it is a proof of work as the ALTCHA widget sends it.
 */
final class SiteverifyEndpoint implements Endpoint {

  private static final Logger log = LoggerFactory.getLogger(SiteverifyEndpoint.class);

  private static final String MISSING_SECRET = "missing-input-secret";
  private static final String INVALID_SECRET = "invalid-input-secret";
  private static final String MISSING_RESPONSE = "missing-input-response";
  private static final String INVALID_RESPONSE = "invalid-input-response";
  private static final String SPENT = "timeout-or-duplicate";
  private static final String BAD_REQUEST = "bad-request";
  private static final String FAULT = "internal-error";

  private final Captcha captcha;
  private final Tokens tokens;
  private final List<byte[]> secrets;
  private final Clock clock;
  private final WrongSecrets wrongSecrets;

  /**
   * For servers with one of these secrets.
   *
   * @param secrets not empty
   */
  SiteverifyEndpoint(Captcha captcha, Tokens tokens, List<Hidden> secrets, Clock clock) {
    this.captcha = captcha;
    this.tokens = tokens;
    this.secrets = secrets.stream().map(secret -> bytes(secret.value())).toList();
    this.clock = clock;
    this.wrongSecrets = new WrongSecrets(clock);
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Fields fields;
    try {
      fields = Fields.of(request);
    } catch (ProblemException e) {
      refuse(response, BAD_REQUEST);
      return;
    }
    String secret = fields.get("secret");
    String sent = fields.get("response");
    if (secret == null || sent == null) {
      List<String> missing = new ArrayList<>();
      if (secret == null) {
        missing.add(MISSING_SECRET);
      }
      if (sent == null) {
        missing.add(MISSING_RESPONSE);
      }
      refuse(response, missing.toArray(String[]::new));
    } else if (!isKnown(secret)) {
      wrongSecrets.count();
      refuse(response, INVALID_SECRET);
    } else {
      verify(request, response, sent, fields.get("scope"));
    }
  }

  private void verify(
      HttpServletRequest request, HttpServletResponse response, String sent, @Nullable String scope)
      throws IOException {
    try {
      int colon = sent.indexOf(':');
      String form = Objects.requireNonNullElse(scope, "");
      Proof proof = Payload.read(sent);
      if (proof != null) {
        Given work = new Given(null, proof);
        tell(response, captcha.verify(request, null, work, form, Telemetry.NO_GUARD), form);
      } else if (colon < 0) {
        tell(response, tokens.redeem(sent, scope));
      } else {
        String id = colon == 0 ? null : sent.substring(0, colon);
        tell(response, captcha.verify(request, id, sent.substring(colon + 1), form), form);
      }
    } catch (StoreUnavailableException e) {
      log.debug("A token is not verified: {} ({})", e.getMessage(), e.reason());
      fault(response);
    }
  }

  private static void tell(HttpServletResponse response, Tokens.Redeemed redeemed)
      throws IOException {
    if (redeemed instanceof Tokens.Good good) {
      succeed(response, good.solved(), good.hostname(), good.scope());
    } else {
      refuse(response, redeemed instanceof Tokens.Spent ? SPENT : INVALID_RESPONSE);
    }
  }

  private void tell(HttpServletResponse response, Verdict verdict, String scope)
      throws IOException {
    switch (verdict) {
      case PASSED -> succeed(response, clock.instant().truncatedTo(ChronoUnit.SECONDS), "", scope);
      case EXPIRED, USED -> refuse(response, SPENT);
      case UNAVAILABLE -> fault(response);
      default -> refuse(response, INVALID_RESPONSE);
    }
  }

  private static void succeed(
      HttpServletResponse response, Instant solved, String hostname, String scope)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("success", true);
    members.put("challenge_ts", solved.toString());
    if (!hostname.isEmpty()) {
      members.put("hostname", hostname);
    }
    if (!scope.isEmpty()) {
      members.put("action", scope);
    }
    members.put("error-codes", List.of());
    ShortAnswer.json(response, members);
  }

  /** Status 200, as with those services: their clients read the codes only then. */
  private static void refuse(HttpServletResponse response, String... codes) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("success", false);
    members.put("error-codes", List.of(codes));
    ShortAnswer.json(response, members);
  }

  private static void fault(HttpServletResponse response) throws IOException {
    ShortAnswer.comeAgain(response);
    refuse(response, FAULT);
  }

  /** Compares with each, in a time that tells nothing. */
  private boolean isKnown(String secret) {
    byte[] given = bytes(secret);
    boolean known = false;
    for (byte[] right : secrets) {
      known |= MessageDigest.isEqual(right, given);
    }
    return known;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
