package io.anynode.captcha.http;

import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the guard of a request. Of several that match, the one with the most exact path counts, as
 * it is with servlets: an answer is claimed once, so it cannot be shown to two.
 */
public final class Guards {

  private record Entry(UrlPattern pattern, Guard guard) {}

  private final List<Entry> mostExactFirst;

  /**
   * The guards of an application.
   *
   * @param guards as they are set; among equally exact paths the earlier counts
   */
  public Guards(List<Guard> guards) {
    this.mostExactFirst =
        guards.stream()
            .map(guard -> new Entry(new UrlPattern(guard.path()), guard))
            .sorted(Comparator.comparing(Entry::pattern, UrlPattern.MOST_EXACT_FIRST))
            .toList();
  }

  /**
   * The guards of an application, none of which is an open door.
   *
   * @throws SettingsException if a guard forwards what it refused to a guarded path: a forward
   *     passes no guard, and the parameters go with it
   */
  public static Guards checked(List<Guard> settings) {
    Guards guards = new Guards(settings);
    List<String> errors =
        settings.stream().flatMap(guard -> guards.openDoor(guard).stream()).toList();
    if (!errors.isEmpty()) {
      throw new SettingsException(errors);
    }
    return guards;
  }

  private Optional<String> openDoor(Guard guard) {
    if (!(guard.onFailure() instanceof Guard.Forward forward)) {
      return Optional.empty();
    }
    String path = forward.path().split("[?;#]", 2)[0];
    return mostExactFirst.stream()
        .filter(entry -> entry.pattern().matches(path))
        .findFirst()
        .map(
            entry ->
                "The on-failure of '%s' is 'forward:%s', which '%s' guards: the page would act on the"
                        .formatted(guard.name(), forward.path(), entry.guard().name())
                    + " refused form; use redirect:%s, or status:422".formatted(forward.path()));
  }

  /**
   * Finds the guard.
   *
   * @param form its parameters; they are read only if a guard asks for one
   * @return null if the request is not guarded
   */
  public @Nullable Guard of(HttpServletRequest request, Form form) throws IOException {
    String servlet = request.getServletPath();
    String path = path(request);
    for (Entry entry : mostExactFirst) {
      Guard guard = entry.guard();
      // What is behind the servlet's path reaches the same servlet.
      if ((entry.pattern().matches(path) || entry.pattern().matches(servlet))
          && covers(guard, request.getMethod())
          && form.meets(guard.whenParameter())) {
        return guard;
      }
    }
    return null;
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
