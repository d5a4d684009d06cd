package io.anynode.captcha.web;

import io.anynode.captcha.settings.SessionSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The session cookie, as Spring Session writes it; read with care.
 *
 * <p>Spring Session looks up every value that a request brings under the cookie's name. Here only a
 * text that can be a session's id gets that far, and no more than two: a browser sends two when the
 * cookie was set for two paths.
 */
final class SessionCookie implements CookieSerializer {

  private static final int MOST = 2;

  /** What {@link java.util.UUID#toString()} writes, and Spring Session has as ids. */
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final DefaultCookieSerializer delegate = new DefaultCookieSerializer();

  SessionCookie(SessionSettings.Cookie settings) {
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
    return delegate.readCookieValues(request).stream()
        .filter(value -> ID.matcher(value).matches())
        .distinct()
        .limit(MOST)
        .toList();
  }

  @Override
  public void writeCookieValue(CookieValue value) {
    delegate.writeCookieValue(value);
  }
}
