package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one thing that may be asked of a new challenge: its scope.
 *
 * <p>It comes as a parameter {@code scope}, in the query or a form, or as a JSON body. That body is
 * nothing, <code>{}</code> or <code>{"scope":"login"}</code>, and is read by a pattern rather than
 * a JSON library: a scope has no character that JSON would escape, so whatever the pattern does not
 * know is no scope either.
 */
final class Scopes {

  private static final String PARAMETER = "scope";
  private static final int LONGEST_BODY = 4096;
  private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9._-]{0,64}");
  private static final Pattern BODY =
      Pattern.compile(
          "[ \t\r\n]*(\\{[ \t\r\n]*"
              + "(\"scope\"[ \t\r\n]*:[ \t\r\n]*\"(?<scope>[^\"\\\\]*)\"[ \t\r\n]*)?"
              + "}[ \t\r\n]*)?");

  private Scopes() {}

  /**
   * Reads the parameter and the body.
   *
   * @return empty if there is none
   */
  static String inParameterOrBody(HttpServletRequest request) throws IOException, ProblemException {
    if (request.getContentLengthLong() > LONGEST_BODY) {
      throw tooLarge();
    }
    String type = mediaType(request);
    String parameter = inParameter(request); // reads a form's body, and no other
    if (type.equals("application/x-www-form-urlencoded")) {
      return parameter;
    }
    String body = inBody(request, type);
    if (!parameter.isEmpty() && body != null) {
      throw bad("The scope is given twice: give it in the query or in the body.");
    }
    return body == null ? parameter : checked(body);
  }

  /**
   * Reads the parameter.
   *
   * @return empty if there is none
   */
  static String inParameter(HttpServletRequest request) throws ProblemException {
    String[] values = request.getParameterValues(PARAMETER);
    if (values == null) {
      return "";
    }
    if (values.length > 1) {
      throw bad("The scope is given twice: give it once.");
    }
    return checked(values[0]);
  }

  private static @Nullable String inBody(HttpServletRequest request, String type)
      throws IOException, ProblemException {
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
    if (body.length == 0) {
      return null;
    }
    if (!type.equals("application/json")) {
      throw new ProblemException(
          HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
          "A body is application/json or application/x-www-form-urlencoded; it may be left out.");
    }
    if (body.length > LONGEST_BODY) {
      throw tooLarge();
    }
    Matcher json = BODY.matcher(new String(body, StandardCharsets.UTF_8));
    if (!json.matches()) {
      throw bad("A JSON body is {} or {\"scope\":\"...\"}, and nothing else; it may be left out.");
    }
    return json.group("scope");
  }

  private static String mediaType(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** A scope as it came from outside. */
  static String checked(String scope) throws ProblemException {
    if (!SCOPE.matcher(scope).matches()) {
      throw bad("A scope has up to 64 letters, digits, dots, underscores and hyphens of ASCII.");
    }
    return scope;
  }

  private static ProblemException tooLarge() {
    return bad("The body is larger than 4 kB; it may be left out.");
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(HttpServletResponse.SC_BAD_REQUEST, detail);
  }
}
