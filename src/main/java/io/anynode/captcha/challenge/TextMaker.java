package io.anynode.captcha.challenge;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Asks for characters to be typed.
 *
 * <p>The usual alphabet has no two characters that a person takes for one another when they are
 * turned and bent: of {@code 0 O Q D}, {@code 1 I J L}, {@code 2 Z}, {@code 4 A}, {@code 5 S 8 B},
 * {@code 6 G}, {@code 7 T}, {@code E F}, {@code H K X}, {@code M N}, {@code P R}, {@code U V Y} and
 * {@code 9 g q} at most one is in it, and it has no lower case.
 *
 * @param length how many characters, 3 to 12
 * @param caseSensitive whether the answer's case counts
 * @param alphabet the characters that are shown, each once; letters and digits
 */
public record TextMaker(int length, boolean caseSensitive, String alphabet) implements Maker {

  /** The usual characters. */
  public static final String ALPHABET = "ACDEMRTUWX2369";

  /** Asks for characters of the usual alphabet. */
  public TextMaker(int length, boolean caseSensitive) {
    this(length, caseSensitive, ALPHABET);
  }

  @Override
  public Question make(RandomGenerator random) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return new Question(text.toString(), new Answer(text.toString(), caseSensitive));
  }

  @Override
  public double answers() {
    String told = caseSensitive ? alphabet : alphabet.toUpperCase(Locale.ROOT);
    return Math.pow((double) told.chars().distinct().count(), length);
  }
}
