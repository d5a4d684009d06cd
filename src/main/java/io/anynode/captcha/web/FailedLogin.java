package io.anynode.captcha.web;

import io.anynode.captcha.http.ContextPath;
import io.anynode.captcha.settings.When;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells from an application's answer whether a login has failed. */
final class FailedLogin {

  private FailedLogin() {}

  /** Whether the answer is any of those that are set. */
  static boolean isTold(When when, HttpServletRequest request, HttpServletResponse response) {
    return when.failed().stream().anyMatch(failed -> isTold(failed, request, response));
  }

  private static boolean isTold(
      When.Failed failed, HttpServletRequest request, HttpServletResponse response) {
    if (failed instanceof When.Status status) {
      return response.getStatus() == status.code();
    }
    if (failed instanceof When.Attribute attribute) {
      Object value = request.getAttribute(attribute.name());
      return value != null && !value.equals(false);
    }
    return failed instanceof When.Redirect redirect
        && response.getStatus() / 100 == 3
        && leadsTo(redirect.location(), request, response.getHeader("Location"));
  }

  /** The path must be the same; the query may have more parameters, in any order. */
  private static boolean leadsTo(
      String set, HttpServletRequest request, @Nullable String location) {
    String[] wanted = set.split("\\?", 2);
    String[] given = local(Objects.requireNonNullElse(location, ""), request).split("\\?", 2);
    String path = given[0].replaceAll(";[^/]*", ""); // a container may write a session's id there
    return path.equals(ContextPath.of(request) + wanted[0])
        && (wanted.length == 1
            || (given.length == 2 && hasAll(given[1].split("&"), wanted[1].split("&"))));
  }

  private static boolean hasAll(String[] given, String[] wanted) {
    List<String> parameters = Arrays.asList(given);
    return Arrays.stream(wanted)
        .allMatch(
            one ->
                parameters.contains(one)
                    || (!one.contains("=")
                        && parameters.stream().anyMatch(g -> g.startsWith(one + "="))));
  }

  /** A location without scheme, host and fragment, from the host's root. */
  private static String local(String location, HttpServletRequest request) {
    String plain = location.split("#", 2)[0].replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:", "");
    if (plain.startsWith("//")) {
      return plain.replaceFirst("^//[^/?]*", "");
    }
    String asked = request.getRequestURI();
    return plain.startsWith("/") ? plain : asked.substring(0, asked.lastIndexOf('/') + 1) + plain;
  }
}
