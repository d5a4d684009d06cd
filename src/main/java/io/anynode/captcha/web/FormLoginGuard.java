package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.http.Guards;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.When;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The guard for what stands before a container's FORM login: the filters' own way, outside their
 * chain. Every request that comes here is guarded.
 *
 * <p>The chain is called with the container's request, after Spring Session has done with it: the
 * container's login goes on as it would, and a page that it shows has a session of its own.
 */
final class FormLoginGuard implements Filter {

  private final Filter faults;
  private final Filter sessions;
  private final Filter guard;

  /**
   * A guard.
   *
   * @param faults turns the store's faults into answers
   * @param sessions Spring Session's
   * @param loginPage what a refused login gets if no setting says; empty for a status
   */
  FormLoginGuard(
      Filter faults,
      Filter sessions,
      Captcha captcha,
      Limits limits,
      Failures failures,
      Settings settings,
      String loginPage) {
    this.faults = faults;
    this.sessions = sessions;
    Guard every = every(settings.guards(), loginPage);
    this.guard =
        new CaptchaFilter(captcha, limits, failures, new Guards(List.of(every)), settings.web());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    AtomicBoolean passed = new AtomicBoolean();
    faults.doFilter(request, response, (sane, answer) -> passed.set(isRight(sane, answer)));
    if (passed.get()) {
      chain.doFilter(request, response);
    }
  }

  /** Throws, rather than answers, if the session cannot be saved after a right answer. */
  private boolean isRight(ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    AtomicBoolean right = new AtomicBoolean();
    sessions.doFilter(
        request,
        response,
        (wrapped, saving) ->
            guard.doFilter(wrapped, saving, (unused, unusedToo) -> right.set(true)));
    return right.get();
  }

  /**
   * The guard that is set for a login, without its conditions: the container has none either, and
   * what it makes of the login is not seen here.
   */
  private static Guard every(List<Guard> guards, String loginPage) {
    Guard.OnFailure page =
        loginPage.isEmpty() ? new Guard.Status(422) : new Guard.Forward(loginPage);
    return guards.stream()
        .filter(set -> set.path().equals(FormLogin.ACTION))
        .findFirst()
        .map(set -> every(set.name(), set.scope(), set.onFailure(), set.remember()))
        .orElseGet(() -> every("form-login", "", page, null));
  }

  private static Guard every(
      String name, String scope, Guard.OnFailure onFailure, @Nullable Duration remember) {
    return new Guard(
        name, "/*", Set.of(Guard.ANY_METHOD), null, scope, onFailure, When.ALWAYS, remember);
  }
}
