package io.anynode.captcha.web;

import io.anynode.captcha.settings.SessionSettings;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.util.List;
import org.springframework.mock.web.MockHttpServletRequest;

/** Reads parts of a request out of anything, for fuzzing. */
public final class RequestParts {

  private static final SessionCookie COOKIE =
      new SessionCookie(new SessionSettings.Cookie("SESSION", "/", "Lax", null));

  private RequestParts() {}

  /** The ids in a session cookie. */
  public static List<String> ids(String cookie) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(new Cookie("SESSION", cookie));
    return COOKIE.readCookieValues(request);
  }

  /** The scope in a JSON body; empty if there is none, or it is refused. */
  public static String scope(byte[] body) throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/captcha/challenges");
    request.setContentType("application/json");
    request.setContent(body);
    try {
      return Scopes.inParameterOrBody(request);
    } catch (ProblemException e) {
      return "";
    }
  }
}
