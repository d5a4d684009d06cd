package io.anynode.captcha.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the endpoints take: one JSON object (RFC 8259) without lists, and nothing that could
 * be taken for another thing than its writer meant.
 *
 * <p>No library does it, since the small ones take more: nanojson's reader stops behind the object,
 * whatever follows it, and its parser lets the last of two equal names win and descends into lists
 * as deep as a body has brackets. Jackson's core can be told all of this, and has 600 kB in the
 * drop-in jar. The depth is bounded here, and the body's length before.
 */
public final class JsonMembers {

  /** No object that is taken has more of them in one another. */
  private static final int DEEPEST = 4;

  private final String json;
  private final Map<String, @Nullable String> all = new LinkedHashMap<>();
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
    return members(json, 1);
  }

  /**
   * Reads an object that may have others in it, {@value #DEEPEST} in one another at most: {@code
   * {"a":{"b":1}}} has the one member {@code a.b}.
   *
   * @param json all of a text
   * @return as {@link #of} says
   * @throws IllegalArgumentException as {@link #of} says; also if two names are the same with their
   *     dots
   */
  public static Map<String, String> nested(String json) {
    return members(json, DEEPEST);
  }

  private static Map<String, String> members(String json, int deepest) {
    JsonMembers reader = new JsonMembers(json);
    reader.object("", deepest);
    reader.skipSpace();
    if (reader.at < json.length()) {
      throw malformed();
    }
    Map<String, String> present = new LinkedHashMap<>();
    reader.all.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }

  private void object(String prefix, int deepest) {
    expect('{');
    if (!isNext('}')) {
      do {
        skipSpace();
        String name = prefix + text();
        expect(':');
        skipSpace();
        if (all.containsKey(name)) {
          throw malformed();
        }
        if (peek() == '{' && deepest > 1) {
          object(name + ".", deepest - 1);
        } else {
          all.put(name, value());
        }
      } while (isNext(','));
      expect('}');
    }
  }

  private @Nullable String value() {
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
