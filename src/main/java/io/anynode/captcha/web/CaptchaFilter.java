package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Given;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.Form;
import io.anynode.captcha.http.Guards;
import io.anynode.captcha.http.Refusal;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.rate.Limited;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.When;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before the guarded requests: only a right answer lets one through. */
final class CaptchaFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(CaptchaFilter.class);

  private final transient Captcha captcha;
  private final transient Limits limits;
  private final transient Failures failures;
  private final transient Guards guards;
  private final transient Settings.Web settings;

  CaptchaFilter(
      Captcha captcha, Limits limits, Failures failures, Guards guards, Settings.Web settings) {
    this.captcha = captcha;
    this.limits = limits;
    this.failures = failures;
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
    When when = guard.when();
    String account = when.mode() == When.Mode.ALWAYS ? null : form.single(when.account());
    Failures.Attempt attempt = failures.begin(guard, request, account);
    if (!attempt.isAsked() || isRight(guard, form, request, response)) {
      // Else a cache could answer the next one in its place. The application may know better.
      response.setHeader("Cache-Control", "no-store");
      go(guard, attempt, request, response, chain);
    }
  }

  /** Whether the answer is right; if not, the request is refused already. */
  private boolean isRight(
      Guard guard, Form form, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Limited limited = limits.failures(request);
    if (limited != null) {
      Refusal.limited(guard, limited, request, response);
      return false;
    }
    Duration remember = guard.remember();
    if (remember != null && captcha.remembered().use(request, guard.scope())) {
      return true;
    }
    Given given =
        new Given(
            form.single(settings.answerParameter()),
            Payload.read(form.single(settings.workParameter())));
    Verdict verdict =
        captcha.verify(
            request, form.single(settings.idParameter()), given, guard.scope(), guard.name());
    if (isFailure(verdict, given)) {
      limits.failed(request);
    }
    log.debug("Guard {}: {}", guard.name(), verdict);
    if (verdict != Verdict.PASSED) {
      Refusal.refuse(guard, verdict, request, response);
      return false;
    }
    if (remember != null) {
      captcha.remembered().passed(request, guard.scope(), remember);
    }
    return true;
  }

  /** Lets the request through, and sees what the application makes of it. */
  private void go(
      Guard guard,
      Failures.Attempt attempt,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    When when = guard.when();
    boolean failed = true; // also if it throws
    boolean ended = true;
    String before = ownSession(guard, request);
    try {
      chain.doFilter(request, response);
      String after = ownSession(guard, request);
      if (after != null && !after.equals(before)) {
        captcha.remembered().forget(request, guard.scope());
      }
      if (when.mode() != When.Mode.ALWAYS && request.isAsyncStarted()) {
        ended = false;
        request.getAsyncContext().addListener(new AtTheEnd(when, attempt, request, response));
      } else {
        failed = FailedLogin.isTold(when, request, response);
        if (guard.remember() != null && when.mode() != When.Mode.ALWAYS && !failed) {
          captcha.remembered().forget(request, guard.scope());
        }
      }
    } finally {
      if (ended) {
        attempt.ended(failed);
      }
    }
  }

  /**
   * The id of the application's session where that is the container's: a login that succeeds begins
   * it or changes its id, and the captcha's session, with the marks in it, does not notice.
   *
   * @return null if there is none, or nothing is remembered, or the sessions are one
   */
  private @Nullable String ownSession(Guard guard, HttpServletRequest request) {
    if (guard.remember() == null || settings.scope() == Settings.Scope.APPLICATION) {
      return null;
    }
    HttpSession session = request.getSession(false);
    return session == null ? null : session.getId();
  }

  private record AtTheEnd(
      When when, Failures.Attempt attempt, HttpServletRequest request, HttpServletResponse response)
      implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      attempt.ended(FailedLogin.isTold(when, request, response));
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }

  /** A form without an answer is no guess, and a fault is not the visitor's. */
  private static boolean isFailure(Verdict verdict, Given given) {
    return verdict != Verdict.PASSED && verdict != Verdict.UNAVAILABLE && !given.isNothing();
  }
}
