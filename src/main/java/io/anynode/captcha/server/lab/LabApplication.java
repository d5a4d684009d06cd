package io.anynode.captcha.server.lab;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.Context;
import org.jspecify.annotations.Nullable;

/**
 * What the captcha of a lab's worker guards: a home page that needs no session, a login, and a page
 * that tells whether one is logged in.
 */
final class LabApplication extends HttpServlet {

  /** The home page. */
  static final String HOME = "/home";

  /** The guarded form: 204 once the captcha has let it through. */
  static final String LOGIN = "/login";

  /** 204 for who is logged in, else 401. */
  static final String ME = "/me";

  /** How much of the worker's heap is taken up, in bytes, by what is still used. */
  static final String HEAP = "/heap";

  /** The application's own cookie, by which a balancer can tell visitors from the first page on. */
  static final String VISITOR_COOKIE = "visitor";

  private static final long serialVersionUID = 1L;
  private static final long CLEANING_NANOS = 30_000_000;
  private static final String USER = "user";

  private LabApplication() {}

  static void addTo(Context context) {
    context.addServletContainerInitializer(
        (classes, application) ->
            application.addServlet("lab", new LabApplication()).addMapping(HOME, LOGIN, ME, HEAP),
        Set.of());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (request.getServletPath().equals(ME)) {
      HttpSession session = request.getSession(false);
      boolean known = session != null && session.getAttribute(USER) != null;
      response.setStatus(
          known ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    if (request.getServletPath().equals(HEAP)) {
      response.getWriter().print(used());
      return;
    }
    if (!hasVisitorCookie(request.getCookies())) {
      Cookie visitor = new Cookie(VISITOR_COOKIE, UUID.randomUUID().toString());
      visitor.setPath("/");
      visitor.setHttpOnly(true);
      response.addCookie(visitor);
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print("Welcome.");
  }

  /**
   * Collects all that can be: before the JVM refuses memory it lets go of soft references, as
   * {@link java.lang.ref.SoftReference} promises, and what cleaners hold is free after they have
   * run.
   */
  private static long used() {
    try {
      byte[] tooMuch = new byte[Integer.MAX_VALUE - 8]; // ten times a worker's heap
      throw new IllegalStateException("There is room for " + tooMuch.length + " bytes.");
    } catch (OutOfMemoryError e) {
      LockSupport.parkNanos(CLEANING_NANOS);
    }
    System.gc(); // the serial collector's: all of it, at once
    LockSupport.parkNanos(CLEANING_NANOS);
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession();
    request.changeSessionId(); // as every login should
    session.setAttribute(USER, "lab");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static boolean hasVisitorCookie(Cookie @Nullable [] cookies) {
    if (cookies == null) {
      return false;
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(VISITOR_COOKIE)) {
        return true;
      }
    }
    return false;
  }
}
