package io.anynode.captcha.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the JSON objects of the endpoints (RFC 8259): no library for five of them. */
final class Json {

  private Json() {}

  /**
   * Writes an object.
   *
   * @param members in the order in which they are written; a number, a truth value, a list and a
   *     map stay that, all else is text
   */
  static String object(Map<String, ?> members) {
    return value(members);
  }

  private static String value(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof List<?> several) {
      return several.stream().map(Json::value).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .map(member -> text(String.valueOf(member.getKey())) + ":" + value(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    return text(String.valueOf(value));
  }

  private static String text(String plain) {
    StringBuilder json = new StringBuilder(plain.length() + 2).append('"');
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
