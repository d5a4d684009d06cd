package io.anynode.captcha.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The languages that people are spoken to in, and which of them a request gets. The first that says
 * so wins: the request attribute {@link #ATTRIBUTE}, {@code captcha.language}, the request's {@code
 * Accept-Language}; else English.
 */
public final class Languages {

  /** The languages that come along: a file each, beside English's. */
  static final List<String> SHIPPED =
      List.of(
          "ar", "cs", "de", "es", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv",
          "tr", "uk", "zh");

  /**
   * The request attribute by which an application says what language a visitor has chosen: a {@link
   * Locale}, or a tag of BCP 47 such as {@code de} or {@code pt-BR}.
   */
  public static final String ATTRIBUTE = "captcha.language";

  private static final String INSIDE = Languages.class.getName();

  /** What a request gets that has come past the filters. */
  private static final Languages PLAIN = new Languages(Map.of(), null);

  private final Map<String, Messages> byTag = new HashMap<>();
  private final Messages english;
  private final @Nullable Locale fixed;

  /**
   * The languages of an application.
   *
   * @param own texts of its own by language tag, which come before those that are shipped; where a
   *     language of its own lacks one, it is English
   * @param fixed the language of every request that has not the attribute; null to go by {@code
   *     Accept-Language}
   */
  public Languages(Map<String, Map<String, String>> own, @Nullable Locale fixed) {
    Map<String, String> plain = shipped("");
    SHIPPED.forEach(tag -> add(tag, plain, shipped("_" + tag)));
    add("en", plain, Map.of());
    own.forEach(
        (tag, texts) -> {
          Messages known = byTag.get(tag);
          add(tag, known == null ? plain : known.texts(), texts);
        });
    this.english = Objects.requireNonNull(byTag.get("en"));
    this.fixed = fixed;
  }

  private void add(String tag, Map<String, String> general, Map<String, String> special) {
    Map<String, String> texts = new HashMap<>(general);
    texts.putAll(special);
    byTag.put(tag, new Messages(Locale.forLanguageTag(tag), texts));
  }

  /** Has the answers to this request, and its pages, be in one of these languages. */
  public void attachTo(HttpServletRequest request) {
    request.setAttribute(INSIDE, this);
  }

  /** The texts for whoever sent this request. */
  public static Messages of(HttpServletRequest request) {
    return (request.getAttribute(INSIDE) instanceof Languages its ? its : PLAIN).choose(request);
  }

  /** The English texts, as they are shipped. */
  public static Messages english() {
    return PLAIN.english;
  }

  /** Tells whether there are texts in this language, if need be for more than one region. */
  public boolean has(Locale locale) {
    return find(locale) != null;
  }

  /** The texts of a language; English if there are none. */
  public Messages in(Locale locale) {
    return Objects.requireNonNullElse(find(locale), english);
  }

  private Messages choose(HttpServletRequest request) {
    Locale chosen = chosen(request.getAttribute(ATTRIBUTE));
    if (chosen != null) {
      return in(chosen);
    }
    if (fixed != null) {
      return in(fixed);
    }
    if (request.getHeader("Accept-Language") == null) {
      return english; // a container would tell its own language
    }
    return Collections.list(request.getLocales()).stream()
        .map(this::find)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(english);
  }

  private static @Nullable Locale chosen(@Nullable Object attribute) {
    if (attribute instanceof Locale locale) {
      return locale;
    }
    return attribute instanceof String tag && !tag.isBlank() ? Locale.forLanguageTag(tag) : null;
  }

  private @Nullable Messages find(Locale locale) {
    Messages exact = byTag.get(locale.stripExtensions().toLanguageTag());
    return exact == null ? byTag.get(locale.getLanguage()) : exact;
  }

  /** Reads a file of messages: properties in UTF-8. */
  public static Map<String, String> read(InputStream file) throws IOException {
    try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      Properties properties = new Properties();
      properties.load(reader);
      Map<String, String> texts = new HashMap<>();
      properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
      return texts;
    }
  }

  static Map<String, String> shipped(String suffix) {
    String name = "/io/anynode/captcha/messages" + suffix + ".properties";
    try (InputStream file = Languages.class.getResourceAsStream(name)) {
      return read(Objects.requireNonNull(file, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
