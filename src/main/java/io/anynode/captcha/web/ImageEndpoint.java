package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.http.ShortAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET image}: issues and shows in one step, for pages that know no ids. A HEAD issues
 * nothing.
 */
final class ImageEndpoint implements Endpoint {

  private final Captcha captcha;

  ImageEndpoint(Captcha captcha) {
    this.captcha = captcha;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    String scope = Scopes.inParameter(request);
    if (request.getMethod().equals("HEAD")) {
      response.setHeader("Cache-Control", "no-store");
      response.setContentType("image/png");
      return;
    }
    ShortAnswer.send(response, "image/png", captcha.issueUnnamed(request, scope));
  }
}
