package io.anynode.captcha.web;

import io.anynode.captcha.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets scripts of other origins use the endpoints that a visitor's browser uses, if they are listed
 * (CORS protocol of the Fetch standard). It is outside of what answers a fault of the store, so
 * that they can read that answer as well.
 */
final class CorsFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Pattern SHARED =
      Pattern.compile(
          "/(challenges|answers|image|[A-Za-z0-9_-]{40}\\.(png|wav|json)"
              + "|widget\\.json|[a-z-]+\\.js)");

  private final String prefix;
  private final Set<String> origins;

  CorsFilter(Settings settings) {
    this.prefix = settings.web().prefix();
    this.origins = settings.api().corsOrigins();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isShared(request)) {
      response.addHeader("Vary", "Origin");
      String origin = request.getHeader("Origin");
      if (origin != null && origins.contains(origin)) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
        if (isPreflight(request)) {
          response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST");
          response.setHeader("Access-Control-Allow-Headers", "Content-Type");
          response.setHeader("Access-Control-Max-Age", "600");
          response.setStatus(HttpServletResponse.SC_NO_CONTENT);
          return;
        }
        response.setHeader(
            "Access-Control-Expose-Headers", "Captcha-Verdict, Date, Location, Retry-After");
      }
    }
    chain.doFilter(request, response);
  }

  private boolean isShared(HttpServletRequest request) {
    return request.getServletPath().equals(prefix)
        && request.getPathInfo() != null
        && SHARED.matcher(request.getPathInfo()).matches();
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Access-Control-Request-Method") != null;
  }
}
