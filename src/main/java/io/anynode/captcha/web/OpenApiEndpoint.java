package io.anynode.captcha.web;

import io.anynode.captcha.http.ContextPath;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * {@code GET openapi.json}: describes the endpoints for tools (OpenAPI 3.1). It is the resource
 * {@code openapi.json}, with the names in it that the settings can change; none of them has a
 * character that JSON would escape.
 */
final class OpenApiEndpoint implements Endpoint {

  private final String prefix;
  private final String description;

  OpenApiEndpoint(Settings settings) {
    this.prefix = settings.web().prefix();
    this.description =
        read()
            .replace("${parameter.id}", settings.web().idParameter())
            .replace("${parameter.answer}", settings.web().answerParameter())
            .replace("${parameter.work}", settings.web().workParameter())
            .replace("${cookie}", settings.session().cookie().name())
            .replace("${version}", HealthEndpoint.version());
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String here = description.replace("${base}", ContextPath.of(request) + prefix);
    ShortAnswer.send(response, "application/json", here.getBytes(StandardCharsets.UTF_8));
  }

  private static String read() {
    try (InputStream file =
        Objects.requireNonNull(OpenApiEndpoint.class.getResourceAsStream("openapi.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
