package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.SessionsAsked;
import io.anynode.captcha.session.OneRequest;
import io.anynode.captcha.session.SparingRepository;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Spring Session's filter, and what has to be around it so that a session is saved, and its cookie
 * is set, before a response leaves.
 *
 * <p>Tomcat 11 closes a response at the end of a forward without a word to its wrappers. Spring
 * Session then saves too late: the cookie of a new session is lost, and a store that is down goes
 * unnoticed. So the session is saved at the end of each forward, while the response is still open.
 *
 * <p>An application that keeps the container's session goes on with the container's request; the
 * response is the same, since it is what saves the captcha's session.
 */
final class SessionFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final String SAVING = SavingResponse.class.getName();

  private final transient Supplier<SessionRepositoryFilter<?>> springs;
  private final transient CookieSerializer cookies;
  private final Settings.Scope scope;
  private final transient Captcha.Rules rules;

  private SessionFilter(
      Supplier<SessionRepositoryFilter<?>> springs,
      CookieSerializer cookies,
      Settings.Scope scope,
      Captcha.Rules rules) {
    this.springs = springs;
    this.cookies = cookies;
    this.scope = scope;
    this.rules = rules;
  }

  /**
   * Makes the filter. Spring Session's own is made anew for each request, which is a few small
   * objects, so that its repository is that request's.
   *
   * @param sessions where sessions are
   * @param settings the cookie, and whether the application goes on with Spring Session's request,
   *     or with its own
   * @param rules how long sessions live
   */
  static <S extends Session> SessionFilter over(
      SessionRepository<S> sessions, Settings settings, Captcha.Rules rules) {
    SessionCookie cookie = new SessionCookie(settings.session().cookie());
    CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
    ids.setCookieSerializer(cookie);
    SparingRepository<S> sparing = new SparingRepository<>(sessions, settings.session().touch());
    return new SessionFilter(
        () -> {
          var spring = new SessionRepositoryFilter<>(new OneRequest<>(sparing));
          spring.setHttpSessionIdResolver(ids);
          return spring;
        },
        cookie,
        settings.web().scope(),
        rules);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.FORWARD
        && request.getAttribute(SAVING) instanceof SavingResponse saving) {
      chain.doFilter(request, response);
      if (!request.isAsyncStarted()) {
        saving.save();
      }
      return;
    }
    SavingResponse.Outlet outlet = new SavingResponse.Outlet(response);
    SessionsAsked asked = () -> cookies.readCookieValues(request);
    request.setAttribute(Captcha.SESSIONS, asked);
    springs
        .get()
        .doFilter(
            request,
            outlet,
            (wrapped, theirs) -> {
              SavingResponse saving = new SavingResponse((HttpServletResponse) theirs, outlet);
              request.setAttribute(SAVING, saving);
              request.setAttribute(Captcha.REQUEST, wrapped);
              try {
                chain.doFilter(seen(request, (HttpServletRequest) wrapped), saving);
              } finally {
                // A container that forwards after this, as its FORM login does, begins anew.
                request.removeAttribute(SAVING);
              }
            });
  }

  private HttpServletRequest seen(HttpServletRequest containers, HttpServletRequest springs) {
    return switch (scope) {
      case APPLICATION -> new SessionRequest(springs, rules);
      case CAPTCHA -> containers;
    };
  }
}
