package com.wf.captcha.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Does with the session what EasyCaptcha 1.6.2's servlet does; its picture is any bytes. */
public final class CaptchaServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("image/gif");
    request.getSession().setAttribute("captcha", "abcde");
    response.getOutputStream().write(new byte[] {1, 2, 3});
  }
}
