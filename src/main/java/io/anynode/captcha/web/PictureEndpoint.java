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
    String name = request.getPathInfo().substring(1);
    String id = name.substring(0, name.length() - CaptchaServlet.PNG.length());
    byte[] png = captcha.picture(request, id);
    if (png == null) {
      throw new ProblemException(
          HttpServletResponse.SC_NOT_FOUND,
          "This session has no such open challenge. It was answered, has expired, or belongs to"
              + " another session; ask for a new one.");
    }
    ShortAnswer.send(response, "image/png", png); // a container drops the body of a HEAD
  }
}
