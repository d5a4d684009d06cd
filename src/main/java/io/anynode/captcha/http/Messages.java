package io.anynode.captcha.http;

import io.anynode.captcha.Verdict;
import java.text.Bidi;
import java.util.Locale;
import java.util.Map;

/**
 * What people read, in one language. The keys are those of {@code
 * io/anynode/captcha/messages.properties}. Plain text: whoever writes it into HTML escapes it.
 */
public final class Messages {

  private final Locale language;
  private final Map<String, String> texts;

  /**
   * The texts of a language.
   *
   * @param texts one for each key
   */
  Messages(Locale language, Map<String, String> texts) {
    this.language = language;
    this.texts = Map.copyOf(texts);
  }

  /**
   * The text of a key.
   *
   * @throws IllegalArgumentException if there is no such key
   */
  public String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("messages.properties has no key '" + key + "'");
    }
    return text;
  }

  /** Tells a visitor what became of the answer, and what to do. */
  public String of(Verdict verdict) {
    return text(verdict.name().toLowerCase(Locale.ROOT));
  }

  /** All texts, by key. */
  public Map<String, String> texts() {
    return texts;
  }

  /** The language as HTML's {@code lang} names it: a tag of BCP 47. */
  public String language() {
    return language.toLanguageTag();
  }

  /** Which way it is written, as HTML's {@code dir} says it: {@code ltr} or {@code rtl}. */
  public String direction() {
    Bidi bidi = new Bidi(text("failed"), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    return bidi.baseIsLeftToRight() ? "ltr" : "rtl";
  }
}
