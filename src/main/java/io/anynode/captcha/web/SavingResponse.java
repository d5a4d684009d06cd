package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Spring Session's response, which saves the session before it is committed; and here without that,
 * and before the redirects of Servlet 6.1, which Spring Session does not know.
 *
 * <p>This is compiled against Servlet 6.0, where those methods override nothing; in a later
 * container they do.
 */
class SavingResponse extends HttpServletResponseWrapper {

  private final Outlet outlet;

  /**
   * Wraps Spring Session's response.
   *
   * @param springs what stands between
   * @param outlet what Spring Session writes to
   */
  SavingResponse(HttpServletResponse springs, Outlet outlet) {
    super(springs);
    this.outlet = outlet;
  }

  /** Saves the session now, and leaves the response as it is. */
  void save() throws IOException {
    outlet.shut = true;
    try {
      flushBuffer(); // Spring Session saves before it passes this on
    } finally {
      outlet.shut = false;
    }
  }

  public void sendRedirect(String location, int status) throws IOException {
    sendRedirect(location, status, true);
  }

  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    if (isCommitted()) {
      throw new IllegalStateException("A response that has left already cannot redirect.");
    }
    if (clearBuffer) {
      resetBuffer();
    }
    setStatus(status);
    setHeader("Location", location);
    flushBuffer();
  }

  /** The container's response, which can be told not to leave. */
  static final class Outlet extends HttpServletResponseWrapper {

    private boolean shut;

    Outlet(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void flushBuffer() throws IOException {
      if (!shut) {
        super.flushBuffer();
      }
    }
  }
}
