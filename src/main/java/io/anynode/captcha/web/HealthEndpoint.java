package io.anynode.captcha.web;

import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET health}: tells whether the store is reachable, by looking for what is not there. */
final class HealthEndpoint implements Endpoint {

  private static final Logger log = LoggerFactory.getLogger(HealthEndpoint.class);

  private final SessionStore store;
  private final Settings settings;

  HealthEndpoint(SessionStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean up = isReachable();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("status", up ? "UP" : "DOWN");
    members.put("store", settings.session().store().name().toLowerCase(Locale.ROOT));
    members.put("node", settings.node());
    members.put("version", version());
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    ShortAnswer.json(response, members);
  }

  private boolean isReachable() {
    try {
      var unused = store.sessions().findById(UUID.randomUUID().toString());
      return true;
    } catch (StoreUnavailableException e) {
      log.debug("This node is not healthy: {} ({})", e.getMessage(), e.reason());
      return false;
    }
  }

  /** This library's version, as its jar says. */
  static String version() {
    String version = HealthEndpoint.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
