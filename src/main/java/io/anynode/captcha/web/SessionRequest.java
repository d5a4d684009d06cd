package io.anynode.captcha.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Collections;
import java.util.Enumeration;
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

  private static final class Unbinding implements HttpSession {

    private final HttpSession springs;

    Unbinding(HttpSession springs) {
      this.springs = springs;
    }

    @Override
    public void invalidate() {
      for (String name : Collections.list(springs.getAttributeNames())) {
        if (springs.getAttribute(name) instanceof HttpSessionBindingListener) {
          springs.removeAttribute(name); // Spring Session tells it
        }
      }
      springs.invalidate();
    }

    @Override
    public long getCreationTime() {
      return springs.getCreationTime();
    }

    @Override
    public String getId() {
      return springs.getId();
    }

    @Override
    public long getLastAccessedTime() {
      return springs.getLastAccessedTime();
    }

    @Override
    public ServletContext getServletContext() {
      return springs.getServletContext();
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
      springs.setMaxInactiveInterval(interval);
    }

    @Override
    public int getMaxInactiveInterval() {
      return springs.getMaxInactiveInterval();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      return springs.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
      return springs.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, Object value) {
      springs.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
      springs.removeAttribute(name);
    }

    @Override
    public boolean isNew() {
      return springs.isNew();
    }
  }
}
