package io.anynode.captcha.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets nothing through: an application whose captcha did not start must not run unguarded where its
 * container starts it all the same.
 */
final class NotStartedFilter extends HttpFilter {

  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.sendError(
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "Anynode Captcha did not start; the container's log says why.");
  }
}
