package io.anynode.captcha.web;

import io.anynode.captcha.http.JsonMembers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a small request, each given once: a form's and its query's, or the members of a
 * JSON object.
 */
final class Fields {

  private static final int LONGEST_BODY = 16_384;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private final Map<String, String> values;

  private Fields(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a request.
   *
   * @throws ProblemException if it is too long, of another type, or malformed
   */
  static Fields of(HttpServletRequest request) throws IOException, ProblemException {
    if (request.getContentLengthLong() > LONGEST_BODY) {
      throw bad("The body is larger than 16 kB.");
    }
    String type = mediaType(request);
    if (type.equals(JSON)) {
      return new Fields(members(request));
    }
    if (!type.equals(FORM) && !type.isEmpty()) {
      throw new ProblemException(
          HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "A body is " + JSON + " or " + FORM + ".");
    }
    return new Fields(parameters(request));
  }

  /** The value of a field; null if it is absent, or nothing but spaces. */
  @Nullable String get(String name) {
    String value = values.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static Map<String, String> members(HttpServletRequest request)
      throws IOException, ProblemException {
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw bad("The body is larger than 16 kB.");
    }
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return JsonMembers.of(json);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw bad("The body is no JSON object of UTF-8 whose members are text.");
    }
  }

  private static Map<String, String> parameters(HttpServletRequest request)
      throws IOException, ProblemException {
    if (request.getCharacterEncoding() == null) {
      request.setCharacterEncoding("UTF-8");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
      if (parameter.getValue().length > 1) {
        throw bad("Give each field once.");
      }
      values.put(parameter.getKey(), parameter.getValue()[0]);
    }
    return values;
  }

  private static String mediaType(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(HttpServletResponse.SC_BAD_REQUEST, detail);
  }
}
