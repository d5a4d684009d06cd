package io.anynode.captcha.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A session that does what another one does: the Servlet API has no such class. */
public class SessionWrapper implements HttpSession {

  private final HttpSession session;

  /**
   * Wraps a session.
   *
   * @param session the one that does it
   */
  protected SessionWrapper(HttpSession session) {
    this.session = session;
  }

  @Override
  public long getCreationTime() {
    return session.getCreationTime();
  }

  @Override
  public String getId() {
    return session.getId();
  }

  @Override
  public long getLastAccessedTime() {
    return session.getLastAccessedTime();
  }

  @Override
  public ServletContext getServletContext() {
    return session.getServletContext();
  }

  @Override
  public void setMaxInactiveInterval(int interval) {
    session.setMaxInactiveInterval(interval);
  }

  @Override
  public int getMaxInactiveInterval() {
    return session.getMaxInactiveInterval();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return session.getAttribute(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return session.getAttributeNames();
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    session.setAttribute(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    session.removeAttribute(name);
  }

  @Override
  public void invalidate() {
    session.invalidate();
  }

  @Override
  public boolean isNew() {
    return session.isNew();
  }
}
