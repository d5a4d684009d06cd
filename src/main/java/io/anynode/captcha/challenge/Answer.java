package io.anynode.captcha.challenge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The right answer to a challenge.
 *
 * @param text what has to be typed
 * @param caseSensitive whether upper and lower case differ
 */
public record Answer(String text, boolean caseSensitive) {

  /** Nobody types more than this; a longer text is wrong without being looked at. */
  private static final int LONGEST = 64;

  /**
   * Compares in a time that does not depend on where the first difference is.
   *
   * <p>White space around and between the characters is ignored, and so is the width and script of
   * letters and digits: an input method's full-width {@code ７} is a 7.
   *
   * @param given what was typed; null or longer than 64 characters is wrong
   */
  public boolean matches(@Nullable String given) {
    if (given == null || given.length() > LONGEST) {
      return false;
    }
    return MessageDigest.isEqual(comparable(text), comparable(given));
  }

  private byte[] comparable(String typed) {
    String plain =
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
            .codePoints()
            .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
            .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return (caseSensitive ? plain : plain.toUpperCase(Locale.ROOT))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Tells nothing: an answer has no place in a log. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
