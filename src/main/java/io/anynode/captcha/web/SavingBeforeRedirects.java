package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Saves the session before the redirects of Servlet 6.1 too, which Spring Session does not know: a
 * new session would be saved after the response has left, and its cookie would be lost.
 *
 * <p>This is compiled against Servlet 6.0, where these methods override nothing; in a later
 * container they do.
 */
class SavingBeforeRedirects extends HttpServletResponseWrapper {

  SavingBeforeRedirects(HttpServletResponse response) {
    super(response);
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
    flushBuffer(); // which Spring Session knows, and saves before
  }
}
