package io.anynode.captcha.web;

import io.anynode.captcha.http.SessionWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Spring Session's request, whose session tells its attributes that they are unbound when it is
 * invalidated, as the Servlet specification has it and Spring Session does not.
 */
final class SessionRequest extends HttpServletRequestWrapper {

  private @Nullable Unbinding known;

  SessionRequest(HttpServletRequest springs) {
    super(springs);
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    HttpSession springs = super.getSession(create);
    if (springs == null) {
      return null;
    }
    Unbinding session = known;
    if (session == null || session.springs != springs) {
      session = new Unbinding(springs);
      known = session;
    }
    return session;
  }

  @Override
  public HttpSession getSession() {
    HttpSession session = getSession(true);
    if (session == null) {
      throw new IllegalStateException("A session that was asked for was not begun.");
    }
    return session;
  }

  private static final class Unbinding extends SessionWrapper {

    private final HttpSession springs;

    Unbinding(HttpSession springs) {
      super(springs);
      this.springs = springs;
    }

    @Override
    public void invalidate() {
      for (String name : Collections.list(getAttributeNames())) {
        if (getAttribute(name) instanceof HttpSessionBindingListener) {
          removeAttribute(name); // Spring Session tells it
        }
      }
      super.invalidate();
    }
  }
}
