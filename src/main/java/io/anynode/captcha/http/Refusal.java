package io.anynode.captcha.http;

import io.anynode.captcha.Verdict;
import io.anynode.captcha.rate.Limited;
import io.anynode.captcha.settings.Guard;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a refused request gets, as its guard says. */
public final class Refusal {

  /** The request attribute with the verdict's name, for the page that a refusal forwards to. */
  public static final String VERDICT_ATTRIBUTE = "captcha.verdict";

  /** The request attribute with a sentence for the visitor, in a language of the request's. */
  public static final String MESSAGE_ATTRIBUTE = "captcha.message";

  /** The request attribute with the scope of the guard that refused, which tells forms apart. */
  public static final String SCOPE_ATTRIBUTE = "captcha.scope";

  /**
   * What GlassFish and Payara leave for their JSP servlet when the request is for a {@code
   * jsp-file} of {@code web.xml}: it runs that page, even in a forward to another.
   */
  private static final String JSP_FILE = "org.apache.catalina.jsp_file";

  private static final String VERDICT_HEADER = "Captcha-Verdict";

  /** The parameter with the verdict's name, in a refusal's redirect. */
  public static final String VERDICT_PARAMETER = "captcha-verdict";

  private static final int UNPROCESSABLE = 422;

  private Refusal() {}

  /** Refuses a request whose verdict is not {@link Verdict#PASSED}. */
  public static void refuse(
      Guard guard, Verdict verdict, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (verdict == Verdict.UNAVAILABLE) {
      ShortAnswer.unavailable(request, response);
    } else if (guard.onFailure() instanceof Guard.Forward forward) {
      request.setAttribute(SCOPE_ATTRIBUTE, guard.scope());
      forward(forward.path(), verdict, request, response);
    } else if (guard.onFailure() instanceof Guard.Redirect redirect) {
      redirect(redirect.location(), verdict, request, response);
    } else if (guard.onFailure() instanceof Guard.Status status) {
      ShortAnswer.refusal(request, response, status.code(), verdict);
    }
  }

  /**
   * Refuses the request of a client that gave too many wrong answers: as any other verdict where
   * its guard forwards or redirects, else with 429.
   */
  public static void limited(
      Guard guard, Limited limited, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (guard.onFailure() instanceof Guard.Status) {
      ShortAnswer.limited(request, response, limited);
    } else {
      ShortAnswer.mark(response, limited);
      refuse(guard, Verdict.LIMITED, request, response);
    }
  }

  /** Says in the response's headers what became of the answer. */
  static void mark(HttpServletResponse response, Verdict verdict) {
    response.setHeader(VERDICT_HEADER, verdict.name());
    response.setHeader("Cache-Control", "no-store");
  }

  private static void forward(
      String path, Verdict verdict, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    RequestDispatcher page = request.getRequestDispatcher(path);
    if (page == null) {
      throw new ServletException(
          "The page " + path + " is not there; correct the guard's on-failure setting.");
    }
    mark(response, verdict);
    response.setStatus(verdict == Verdict.LIMITED ? ShortAnswer.TOO_MANY : UNPROCESSABLE);
    request.setAttribute(VERDICT_ATTRIBUTE, verdict.name());
    request.setAttribute(MESSAGE_ATTRIBUTE, Languages.of(request).of(verdict));
    // Or the refused request's own page would run.
    request.removeAttribute(JSP_FILE);
    page.forward(new Shown(request), response);
  }

  private static void redirect(
      String location, Verdict verdict, HttpServletRequest request, HttpServletResponse response) {
    mark(response, verdict);
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    String base = location.startsWith("/") ? ContextPath.of(request) : "";
    response.setHeader("Location", base + withVerdict(location, verdict));
  }

  /** Adds the parameter behind the query that is there, and before the fragment. */
  private static String withVerdict(String location, Verdict verdict) {
    int hash = location.indexOf('#');
    String address = hash < 0 ? location : location.substring(0, hash);
    String fragment = hash < 0 ? "" : location.substring(hash);
    char separator = address.indexOf('?') < 0 ? '?' : '&';
    return address + separator + VERDICT_PARAMETER + "=" + verdict.name() + fragment;
  }

  /** The refused request as the page sees it: it asks to be shown, and no more. */
  private static final class Shown extends HttpServletRequestWrapper {

    Shown(HttpServletRequest refused) {
      super(refused);
    }

    @Override
    public String getMethod() {
      return "GET";
    }
  }
}
