package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives each page its captcha: the request attribute {@code captcha}. */
final class PageFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient Captcha captcha;
  private final transient Failures failures;
  private final transient Settings settings;

  PageFilter(Captcha captcha, Failures failures, Settings settings) {
    this.captcha = captcha;
    this.failures = failures;
    this.settings = settings;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // A forward goes on with the request that has passed here, unless the container itself began.
    if (request.getDispatcherType() != DispatcherType.FORWARD
        || request.getAttribute(PageCaptcha.ATTRIBUTE) == null) {
      request.setAttribute(
          PageCaptcha.ATTRIBUTE, new PageCaptcha(captcha, failures, settings, request, response));
    }
    chain.doFilter(request, response);
  }
}
