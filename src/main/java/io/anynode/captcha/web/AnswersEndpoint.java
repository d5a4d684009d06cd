package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Given;
import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Tokens;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.rate.Limited;
import io.anynode.captcha.rate.Limits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * {@code POST answers}: takes an answer from a visitor's browser, and gives it a token for another
 * application's server. The challenge is the session's and is used up, as by a guard.
 */
final class AnswersEndpoint implements Endpoint {

  private static final int UNPROCESSABLE = 422;

  private final Captcha captcha;
  private final Limits limits;
  private final Tokens tokens;

  AnswersEndpoint(Captcha captcha, Limits limits, Tokens tokens) {
    this.captcha = captcha;
    this.limits = limits;
    this.tokens = tokens;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    Fields fields = Fields.of(request);
    String scope = Scopes.checked(Objects.requireNonNullElse(fields.get("scope"), ""));
    Limited limited = limits.failures(request);
    if (limited != null) {
      ShortAnswer.limited(request, response, limited);
      return;
    }
    Given given = new Given(fields.get("answer"), Payload.read(fields.get("work")));
    Verdict verdict = captcha.verify(request, fields.get("id"), given, scope, Telemetry.NO_GUARD);
    if (verdict == Verdict.UNAVAILABLE) {
      ShortAnswer.unavailable(request, response);
    } else if (verdict != Verdict.PASSED) {
      if (!given.isNothing()) {
        limits.failed(request);
      }
      ShortAnswer.refusal(request, response, UNPROCESSABLE, verdict);
    } else {
      Tokens.Issued token = tokens.issue(hostname(request), scope);
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("token", token.text());
      members.put("expiresAt", token.expires().toString());
      response.setStatus(HttpServletResponse.SC_CREATED);
      ShortAnswer.json(response, members);
    }
  }

  /** The host of the page whose script posts this; a browser names its origin in every POST. */
  private static String hostname(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    try {
      String host = origin == null ? null : URI.create(origin).getHost();
      return host == null ? request.getServerName() : host;
    } catch (IllegalArgumentException e) {
      return request.getServerName();
    }
  }
}
