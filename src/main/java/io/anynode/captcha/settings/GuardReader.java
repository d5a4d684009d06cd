package io.anynode.captcha.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one guard after the other. */
final class GuardReader {

  /**
   * Exact, {@code /prefix/*} or {@code *.ext}: Servlet 12.2. Compared with decoded paths that have
   * no query, no path parameters and no dot segments, so that a pattern with one would never match.
   */
  private static final Pattern URL_PATTERN =
      Pattern.compile(
          "(?!.*//)(?!.*/\\.{1,2}(/|$))(/[^*?;%#\\\\]+|(/[^*?;%#\\\\]+)?/\\*|\\*\\.[^/*?;%#\\\\]+)");

  private static final Pattern METHOD = Pattern.compile("[A-Z]{2,20}");
  private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[^\\s\\p{Cntrl}\\\\]*");
  private static final Pattern LOCATION =
      Pattern.compile("/(?![/\\\\])[^\\s\\p{Cntrl}\\\\]*|https?://[^\\s\\p{Cntrl}\\\\]+");

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Values values;

  GuardReader(Values values) {
    this.values = values;
  }

  List<Guard> read(Set<String> names) {
    List<Guard> guards = new ArrayList<>();
    for (String name : names) {
      Guard guard = read(name);
      if (guard != null) {
        guards.add(guard);
      }
    }
    guards.forEach(guard -> checkScope(guard, guards));
    return List.copyOf(guards);
  }

  /** A page asks by the scope whether its form needs an answer now, so there must be one reply. */
  private void checkScope(Guard guard, List<Guard> guards) {
    guards.stream()
        .filter(other -> guard.remember() != null && other.remember() == null)
        .filter(other -> other.scope().equals(guard.scope()))
        .forEach(
            other ->
                values.error(
                    Setting.PROTECT_REMEMBER.key(guard.name())
                        + (" is set, and '"
                            + other.name()
                            + "' has the same scope without it; set ")
                        + (Setting.PROTECT_SCOPE.key(guard.name()) + " to one of its own")));
  }

  private @Nullable Guard read(String name) {
    String path = parsed(Setting.PROTECT_PATH, name, GuardReader::urlPattern);
    Set<String> methods = parsed(Setting.PROTECT_METHOD, name, GuardReader::methods);
    Guard.WhenParameter when =
        parsed(Setting.PROTECT_WHEN_PARAMETER, name, GuardReader::whenParameter);
    String scope =
        parsed(
            Setting.PROTECT_SCOPE, name, s -> s.isEmpty() || NAME.matcher(s).matches() ? s : null);
    Guard.OnFailure onFailure = parsed(Setting.PROTECT_ON_FAILURE, name, GuardReader::onFailure);
    When needed = When.read(values, name);
    Duration remember =
        parsed(
            Setting.PROTECT_REMEMBER,
            name,
            value -> Values.time(value, Duration.ofSeconds(1), Duration.ofHours(1)));
    values.need(Setting.PROTECT_PATH, "guard", name);
    return path == null || methods == null || scope == null || onFailure == null
        ? null
        : new Guard(name, path, methods, when, scope, onFailure, needed, remember);
  }

  private <T> @Nullable T parsed(
      Setting setting, String name, java.util.function.Function<String, ? extends @Nullable T> p) {
    return values.parsed(setting, setting.key(name), p);
  }

  static @Nullable String urlPattern(String value) {
    return URL_PATTERN.matcher(value).matches() ? value : null;
  }

  static @Nullable Set<String> methods(String value) {
    if (value.equals(Guard.ANY_METHOD)) {
      return Set.of(Guard.ANY_METHOD);
    }
    Set<String> methods = new LinkedHashSet<>();
    for (String method : Arrays.asList(value.toUpperCase(Locale.ROOT).split(",", -1))) {
      if (!METHOD.matcher(method.strip()).matches()) {
        return null;
      }
      methods.add(method.strip());
    }
    return Set.copyOf(methods);
  }

  static Guard.@Nullable WhenParameter whenParameter(String value) {
    int equals = value.indexOf('=');
    if (equals < 0) {
      return new Guard.WhenParameter(value, null);
    }
    return equals == 0
        ? null
        : new Guard.WhenParameter(
            value.substring(0, equals).strip(), value.substring(equals + 1).strip());
  }

  static Guard.@Nullable OnFailure onFailure(String value) {
    int colon = value.indexOf(':');
    String what = colon < 0 ? value : value.substring(0, colon);
    String target = colon < 0 ? "" : value.substring(colon + 1);
    return switch (what) {
      case "forward" -> PATH.matcher(target).matches() ? new Guard.Forward(target) : null;
      case "redirect" -> LOCATION.matcher(target).matches() ? new Guard.Redirect(target) : null;
      case "status" -> {
        int code = Integer.parseInt(target);
        yield code >= 400 && code <= 499 ? new Guard.Status(code) : null;
      }
      default -> null;
    };
  }
}
