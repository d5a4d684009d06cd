package com.google.code.kaptcha.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;

/** Does with the session what Kaptcha 2.3.2's servlet does; its picture is any bytes. */
public final class KaptchaServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("image/jpeg");
    response.getOutputStream().write(new byte[] {1, 2, 3});
    request.getSession().setAttribute(set("kaptcha.session.key", "KAPTCHA_SESSION_KEY"), "abcde");
    request
        .getSession()
        .setAttribute(
            set("kaptcha.session.date", "KAPTCHA_SESSION_DATE"), Date.from(Instant.now()));
  }

  private String set(String name, String otherwise) {
    return Objects.requireNonNullElse(getInitParameter(name), otherwise);
  }
}
