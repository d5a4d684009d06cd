package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.Verdict;
import io.anynode.captcha.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResourceLoader;
import org.springframework.mock.web.MockServletContext;

/** An application's own texts, in its WEB-INF. */
class OwnMessagesTest {

  @TempDir private Path application;

  @Test
  void filesInWebInfComeBeforeTheTextsThatAreShipped() throws IOException {
    file("captcha-messages_de.properties", "wrong=Nein, schöner Versuch.");
    file("captcha-messages_eo.properties", "wrong=Tio ne estis ĝusta.");
    var languages = OwnMessages.read(context(), Locale.forLanguageTag("eo"));
    assertThat(languages.in(Locale.GERMAN).of(Verdict.WRONG)).isEqualTo("Nein, schöner Versuch.");
    assertThat(languages.in(Locale.forLanguageTag("eo")).of(Verdict.WRONG))
        .isEqualTo("Tio ne estis ĝusta.");
  }

  @Test
  void allErrorsAreToldTogether() throws IOException {
    file("captcha-messages.properties", "wrong=No.");
    file("captcha-messages_de.properties", "wrogn=Nein.");
    assertThatThrownBy(() -> OwnMessages.read(context(), Locale.forLanguageTag("eo")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("captcha-messages.properties names no language")
        .hasMessageContaining("has the key 'wrogn', which is none of [")
        .hasMessageContaining("captcha.language is 'eo', and there are no texts in it");
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(
        Files.createDirectories(application.resolve("WEB-INF")).resolve(name), content);
  }

  private MockServletContext context() {
    return new MockServletContext(application.toUri().toString(), new FileSystemResourceLoader());
  }
}
