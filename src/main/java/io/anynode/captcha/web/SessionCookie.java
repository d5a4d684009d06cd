package io.anynode.captcha.web;

import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.settings.SessionSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The session cookie, as Spring Session writes it; read with care.
 *
 * <p>Spring Session looks up every value that a request brings under the cookie's name. Here only a
 * text that can be the id of a session of this application gets that far, and no more than two: a
 * browser sends two when the cookie was set for two paths.
 */
final class SessionCookie implements CookieSerializer {

  private static final int MOST = 2;

  private final DefaultCookieSerializer delegate = new DefaultCookieSerializer();

  private final SessionIds ids;

  SessionCookie(SessionSettings.Cookie settings) {
    ids = SessionIds.of(settings);
    delegate.setCookieName(settings.name());
    delegate.setSameSite(settings.sameSite());
    if (settings.path() != null) {
      delegate.setCookiePath(settings.path());
    }
    if (settings.secure() != null) {
      delegate.setUseSecureCookie(settings.secure());
    }
  }

  @Override
  public List<String> readCookieValues(HttpServletRequest request) {
    List<String> own = new ArrayList<>(MOST);
    for (String value : delegate.readCookieValues(request)) {
      if (own.size() < MOST && ids.isOwn(value) && !own.contains(value)) {
        own.add(value);
      }
    }
    return own;
  }

  @Override
  public void writeCookieValue(CookieValue value) {
    delegate.writeCookieValue(value);
  }
}
