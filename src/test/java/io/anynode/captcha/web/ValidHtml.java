package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import nu.validator.client.EmbeddedValidator;
import org.xml.sax.SAXException;

/** The W3C's checker for HTML. */
public final class ValidHtml {

  private ValidHtml() {}

  /** Fails with the checker's errors and warnings, if it has any. */
  public static void check(String page) {
    EmbeddedValidator validator = new EmbeddedValidator();
    validator.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
    try {
      byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
      assertThat(validator.validate(new ByteArrayInputStream(bytes))).as(page).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SAXException e) {
      throw new IllegalStateException(e);
    }
  }
}
