package io.anynode.captcha.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** The texts, and whose they are. */
class MessagesTest {

  private static final Path FOLDER = Path.of("src/main/resources/io/anynode/captcha");

  static List<String> translations() {
    return Languages.SHIPPED;
  }

  @Test
  void everyFileIsShippedAndThereAreTwelveLanguagesOrMore() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.startsWith("mess")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("messages.properties"),
                      translations().stream().map(tag -> "messages_" + tag + ".properties"))
                  .toList());
    }
    assertThat(translations()).hasSizeGreaterThanOrEqualTo(12);
  }

  @ParameterizedTest
  @MethodSource("translations")
  void everyKeyExistsInEachLanguageAndNoOther(String tag) {
    Map<String, String> english = Languages.shipped("");
    Map<String, String> texts = Languages.shipped("_" + tag);
    assertThat(texts.keySet()).isEqualTo(english.keySet());
    texts.forEach(
        (key, text) ->
            assertThat(text)
                .as(key)
                .isNotBlank()
                .isEqualTo(text.strip())
                .isNotEqualTo(english.get(key))
                .doesNotContain("{", "}", "<", "&", "\ufffd", "TODO")
                .satisfies(
                    t -> assertThat(endsASentence(t)).isEqualTo(endsASentence(english(key)))));
  }

  private static String english(String key) {
    return Languages.english().text(key);
  }

  private static boolean endsASentence(String text) {
    return Stream.of(".", "。", "।").anyMatch(text::endsWith);
  }

  @Test
  void everyVerdictHasAText() {
    assertThat(Arrays.stream(Verdict.values()).map(Languages.english()::of))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "de, de, ltr",
    "'de-AT,de;q=0.9,en;q=0.5', de, ltr",
    "'sw,fr;q=0.9', fr, ltr",
    "zh-Hant-TW, zh, ltr",
    "ar-EG, ar, rtl",
    "he, he, rtl",
    "sw, en, ltr",
    "*, en, ltr",
    "'', en, ltr"
  })
  void theLanguageIsTheFirstOfTheRequestsThatThereIs(String accept, String tag, String direction) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Accept-Language", accept);
    Messages messages = Languages.of(request);
    assertThat(messages.language()).isEqualTo(tag);
    assertThat(messages.direction()).isEqualTo(direction);
  }

  @Test
  void withoutOneItIsEnglishWhateverTheServersIs() {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public Enumeration<Locale> getLocales() {
            return Collections.enumeration(List.of(Locale.FRENCH));
          }
        };
    assertThat(Languages.of(request).language()).isEqualTo("en");
  }

  @Test
  void theAttributeComesBeforeTheSettingAndThatBeforeTheRequest() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Accept-Language", "fr");
    new Languages(Map.of(), Locale.GERMAN).attachTo(request);
    assertThat(Languages.of(request).language()).isEqualTo("de");
    request.setAttribute(Languages.ATTRIBUTE, "pt-BR");
    assertThat(Languages.of(request).language()).isEqualTo("pt");
    request.setAttribute(Languages.ATTRIBUTE, Locale.JAPAN);
    assertThat(Languages.of(request).language()).isEqualTo("ja");
  }

  @Test
  void anApplicationsOwnTextsComeFirst() {
    Languages languages =
        new Languages(
            Map.of(
                "de", Map.of("wrong", "Nein."),
                "gsw", Map.of("wrong", "Nei."),
                "pt-BR", Map.of("wrong", "Errado.")),
            null);
    assertThat(languages.in(Locale.GERMANY).of(Verdict.WRONG)).isEqualTo("Nein.");
    assertThat(languages.in(Locale.GERMANY).of(Verdict.USED)).startsWith("Diese Aufgabe");
    assertThat(languages.in(Locale.forLanguageTag("gsw")).of(Verdict.WRONG)).isEqualTo("Nei.");
    assertThat(languages.in(Locale.forLanguageTag("gsw")).of(Verdict.USED))
        .isEqualTo(Languages.english().of(Verdict.USED));
    assertThat(languages.in(Locale.forLanguageTag("pt-BR")).of(Verdict.WRONG)).isEqualTo("Errado.");
    assertThat(languages.in(Locale.forLanguageTag("pt-PT")).of(Verdict.WRONG)).startsWith("A resp");
  }

  @Test
  void anUnknownKeyIsAnError() {
    assertThatThrownBy(() -> Languages.english().text("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
  }
}
