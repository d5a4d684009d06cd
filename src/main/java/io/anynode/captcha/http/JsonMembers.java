package io.anynode.captcha.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the endpoints take: one flat JSON object (RFC 8259), and nothing that could be taken
 * for another thing than its writer meant.
 *
 * <p>No library does it, since the small ones take more: nanojson's reader stops behind the object,
 * whatever follows it, and its parser lets the last of two equal names win and descends into lists
 * as deep as a body has brackets. Jackson's core can be told all of this and is larger than the
 * room that the drop-in jar has left. There is no depth here, and the body's length is bounded
 * before.
 */
public final class JsonMembers {

  private final String json;
  private int at;

  private JsonMembers(String json) {
    this.json = json;
  }

  /**
   * Reads an object.
   *
   * @param json all of a body
   * @return its members in order, numbers and truth values as they are written; one that is null is
   *     absent
   * @throws IllegalArgumentException if it is not an object, has an object or a list in it, or a
   *     name twice; the message tells nothing of the content
   */
  public static Map<String, String> of(String json) {
    JsonMembers reader = new JsonMembers(json);
    Map<String, String> members = reader.object();
    reader.skipSpace();
    if (reader.at < json.length()) {
      throw malformed();
    }
    return members;
  }

  private Map<String, String> object() {
    Map<String, @Nullable String> all = new LinkedHashMap<>();
    expect('{');
    if (!isNext('}')) {
      do {
        skipSpace();
        String name = text();
        expect(':');
        if (all.containsKey(name)) {
          throw malformed();
        }
        all.put(name, value());
      } while (isNext(','));
      expect('}');
    }
    Map<String, String> present = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }

  private @Nullable String value() {
    skipSpace();
    if (peek() == '"') {
      return text();
    }
    int begin = at;
    while (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0) {
      at++;
    }
    String word = json.substring(begin, at);
    if (word.equals("null")) {
      return null;
    }
    if (!word.matches("true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw malformed();
    }
    return word;
  }

  private String text() {
    if (peek() != '"') {
      throw malformed();
    }
    at++;
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      char c = next();
      if (c < ' ') {
        throw malformed();
      }
      text.append(c == '\\' ? escaped() : c);
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = "0123456789abcdef".indexOf(Character.toLowerCase(next()));
          if (digit < 0) {
            throw malformed();
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw malformed();
    };
  }

  private void expect(char c) {
    if (!isNext(c)) {
      throw malformed();
    }
  }

  /** Goes on behind this character if it is the next that is no space. */
  private boolean isNext(char c) {
    skipSpace();
    boolean is = peek() == c;
    at += is ? 1 : 0;
    return is;
  }

  private void skipSpace() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private char peek() {
    if (at >= json.length()) {
      throw malformed();
    }
    return json.charAt(at);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("This is no flat JSON object.");
  }
}
