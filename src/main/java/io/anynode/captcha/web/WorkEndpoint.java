package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Work;
import io.anynode.captcha.http.ShortAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * {@code GET <id>.json}: describes the work of a challenge of this session, as the ALTCHA widget
 * expects it. It changes nothing.
 */
final class WorkEndpoint implements Endpoint {

  /** The script that does the work, and the ALTCHA widget as its makers publish it. */
  static final List<String> FILES = List.of("work.js", "altcha/altcha.min.js", "altcha/altcha.css");

  private final Captcha captcha;

  WorkEndpoint(Captcha captcha) {
    this.captcha = captcha;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    String id = CaptchaServlet.idIn(request);
    Work work = captcha.work(request, id);
    if (work == null) {
      throw CaptchaServlet.noSuchChallenge();
    }
    ShortAnswer.json(response, Payload.challenge(new ChallengeId(id), work));
  }

  /**
   * {@code GET altcha.json}: issues a challenge and describes its work in one step, for the ALTCHA
   * widget alone in a form. A HEAD issues nothing.
   */
  static Endpoint issuing(Captcha captcha) {
    return (request, response) -> {
      String scope = Scopes.inParameter(request);
      if (request.getMethod().equals("HEAD")) {
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        return;
      }
      Captcha.IssuedWork made = captcha.issueWork(request, scope);
      ShortAnswer.json(
          response, Payload.challenge(new ChallengeId(made.issued().id()), made.work()));
    };
  }
}
