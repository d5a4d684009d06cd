package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One resource of {@link CaptchaServlet}, for a method that it allows. */
@FunctionalInterface
interface Endpoint {

  /**
   * Answers.
   *
   * @throws ProblemException if the request is at fault
   */
  void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException;
}
