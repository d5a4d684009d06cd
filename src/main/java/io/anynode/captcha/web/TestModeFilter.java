package io.anynode.captcha.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Says in each response that this captcha is open to whoever knows the test answer. */
final class TestModeFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Telling telling = new Telling(response);
    telling.tell();
    chain.doFilter(request, telling);
  }

  /** Tells it again when the response is reset. */
  private static final class Telling extends HttpServletResponseWrapper {

    Telling(HttpServletResponse response) {
      super(response);
    }

    void tell() {
      setHeader("Captcha-Test-Mode", "true");
    }

    @Override
    public void reset() {
      super.reset();
      tell();
    }
  }
}
