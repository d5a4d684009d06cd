package io.anynode.captcha.server.lab;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the results as JSON (RFC 8259): maps, lists, numbers, truth values and text. */
final class JsonText {

  private JsonText() {}

  /** Writes a value; what is none of the kinds above is written as its text. */
  static String of(@Nullable Object value) {
    if (value == null || value instanceof Integer || value instanceof Long) {
      return String.valueOf(value);
    }
    if (value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.3f", number);
    }
    if (value instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .map(member -> text(member.getKey().toString()) + ":" + of(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
    }
    return text(value.toString());
  }

  private static String text(String plain) {
    StringBuilder json = new StringBuilder("\"");
    plain
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
