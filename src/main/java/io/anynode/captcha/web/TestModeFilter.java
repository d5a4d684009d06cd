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
    chain.doFilter(request, new Telling(response));
  }

  /** An application may reset its response, and with it all headers that it has so far. */
  private static final class Telling extends HttpServletResponseWrapper {

    Telling(HttpServletResponse response) {
      super(response);
      tell();
    }

    @Override
    public void reset() {
      super.reset();
      tell();
    }

    private void tell() {
      setHeader("Captcha-Test-Mode", "true");
    }
  }
}
