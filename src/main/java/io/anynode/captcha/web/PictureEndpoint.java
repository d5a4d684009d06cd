package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.http.ShortAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET <id>.png}: shows a challenge of this session. It changes nothing. */
final class PictureEndpoint implements Endpoint {

  private final Captcha captcha;

  PictureEndpoint(Captcha captcha) {
    this.captcha = captcha;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    byte[] png = captcha.picture(request, CaptchaServlet.idIn(request));
    if (png == null) {
      throw CaptchaServlet.noSuchChallenge();
    }
    ShortAnswer.send(response, "image/png", png); // a container drops the body of a HEAD
  }
}
