package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
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
 *
 * <p>A session that was begun for a challenge, and lives no longer, gets its usual time as soon as
 * the application puts something into it, or gives it a new id, as logins do.
 */
final class SessionRequest extends HttpServletRequestWrapper {

  private final Captcha.Rules rules;
  private @Nullable Unbinding known;

  SessionRequest(HttpServletRequest springs, Captcha.Rules rules) {
    super(springs);
    this.rules = rules;
  }

  @Override
  public String changeSessionId() {
    String id = super.changeSessionId();
    Unbinding session = (Unbinding) getSession(false);
    if (session != null) {
      session.keep();
    }
    return id;
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

  private final class Unbinding extends SessionWrapper {

    private final HttpSession springs;

    Unbinding(HttpSession springs) {
      super(springs);
      this.springs = springs;
      // Or something was put in that this has not seen, or a late save has undone it.
      if (isBrief()
          && Collections.list(springs.getAttributeNames()).stream().anyMatch(this::isForeign)) {
        keep();
      }
    }

    private boolean isBrief() {
      return springs.getMaxInactiveInterval() == rules.briefly();
    }

    private boolean isForeign(String attribute) {
      return !attribute.startsWith(Captcha.ATTRIBUTE);
    }

    /** It is the application's from now on. */
    private void keep() {
      if (isBrief()) {
        springs.setMaxInactiveInterval(rules.usually());
      }
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
      super.setAttribute(name, value);
      if (value != null && isForeign(name)) {
        keep();
      }
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
