package io.anynode.captcha.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the flat JSON objects of the endpoints (RFC 8259): no library for four of them. */
final class Json {

  private Json() {}

  /**
   * Writes an object.
   *
   * @param members in the order in which they are written; a number, a truth value and a list stay
   *     that, all else is text
   */
  static String object(Map<String, ?> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + value(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof Integer || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof List<?> several) {
      return several.stream().map(Json::value).collect(Collectors.joining(",", "[", "]"));
    }
    return text(value.toString());
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
