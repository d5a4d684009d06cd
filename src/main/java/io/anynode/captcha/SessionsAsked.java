package io.anynode.captcha;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;

/**
 * The sessions that a request's cookies name, told without a look into the store. In the request
 * attribute {@link Captcha#SESSIONS}.
 */
@FunctionalInterface
public interface SessionsAsked {

  /**
   * The ids, in the order in which they are looked for; well-formed and few, but of sessions that
   * need not exist.
   */
  List<String> ids();

  /** The ids of a request's sessions; without such an attribute, that of its session. */
  static List<String> of(HttpServletRequest request) {
    if (request.getAttribute(Captcha.SESSIONS) instanceof SessionsAsked asked) {
      return asked.ids();
    }
    HttpSession session = Captcha.stored(request).getSession(false);
    return session == null ? List.of() : List.of(session.getId());
  }
}
