package io.anynode.captcha.http;

import io.anynode.captcha.settings.Guard;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the guard of a request. Of several that match, the one with the most exact path counts, as
 * it is with servlets: an answer is claimed once, so it cannot be shown to two.
 */
public final class Guards {

  private final List<Guard> mostExactFirst;

  /**
   * The guards of an application.
   *
   * @param guards as they are set; among equally exact paths the earlier counts
   */
  public Guards(List<Guard> guards) {
    this.mostExactFirst =
        guards.stream()
            .sorted(Comparator.comparing(Guards::pattern, UrlPattern.MOST_EXACT_FIRST))
            .toList();
  }

  /**
   * Finds the guard.
   *
   * @param form its parameters; they are read only if a guard asks for one
   * @return null if the request is not guarded
   */
  public @Nullable Guard of(HttpServletRequest request, Form form) throws IOException {
    String path = path(request);
    for (Guard guard : mostExactFirst) {
      if (pattern(guard).matches(path)
          && covers(guard, request.getMethod())
          && form.meets(guard.whenParameter())) {
        return guard;
      }
    }
    return null;
  }

  private static UrlPattern pattern(Guard guard) {
    return new UrlPattern(guard.path());
  }

  /** In the container's own words: decoded, and without path parameters, as it finds servlets. */
  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  /** A servlet answers HEAD by what it does for GET; and some applications take {@code post}. */
  private static boolean covers(Guard guard, String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    return guard.methods().contains(Guard.ANY_METHOD)
        || guard.methods().contains(upper)
        || (upper.equals("HEAD") && guard.methods().contains("GET"));
  }
}
