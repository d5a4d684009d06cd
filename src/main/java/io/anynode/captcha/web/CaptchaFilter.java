package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.Form;
import io.anynode.captcha.http.Guards;
import io.anynode.captcha.http.Refusal;
import io.anynode.captcha.rate.Limited;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before the guarded requests: only a right answer lets one through. */
final class CaptchaFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(CaptchaFilter.class);

  private final transient Captcha captcha;
  private final transient Limits limits;
  private final transient Guards guards;
  private final transient Settings.Web settings;

  CaptchaFilter(Captcha captcha, Limits limits, Guards guards, Settings.Web settings) {
    this.captcha = captcha;
    this.limits = limits;
    this.guards = guards;
    this.settings = settings;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Form form = new Form(request, settings.requestEncoding());
    Guard guard = guards.of(request, form);
    if (guard == null) {
      chain.doFilter(request, response);
      return;
    }
    Limited limited = limits.failures(request);
    if (limited != null) {
      Refusal.limited(guard, limited, request, response);
      return;
    }
    String answer = form.single(settings.answerParameter());
    Verdict verdict =
        captcha.verify(request, form.single(settings.idParameter()), answer, guard.scope());
    if (isFailure(verdict, answer)) {
      limits.failed(request);
    }
    log.debug("Guard {}: {}", guard.name(), verdict);
    if (verdict == Verdict.PASSED) {
      chain.doFilter(request, response);
    } else {
      Refusal.refuse(guard, verdict, request, response);
    }
  }

  /** A form without an answer is no guess, and a fault is not the visitor's. */
  private static boolean isFailure(Verdict verdict, @Nullable String answer) {
    return verdict != Verdict.PASSED
        && verdict != Verdict.UNAVAILABLE
        && answer != null
        && !answer.isBlank();
  }
}
