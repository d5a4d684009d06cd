package io.anynode.captcha.web;

import io.anynode.captcha.http.Languages;
import io.anynode.captcha.http.Messages;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET widget.json}: what a widget says and what its fields are called, for a page that has
 * neither. In the request's language, or the one of the parameter {@code language}.
 */
final class TextsEndpoint implements Endpoint {

  private static final String LANGUAGE = "language";

  private final Settings.Web settings;

  TextsEndpoint(Settings.Web settings) {
    this.settings = settings;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String language = request.getParameter(LANGUAGE);
    if (language != null) {
      request.setAttribute(Languages.ATTRIBUTE, language);
    }
    Messages messages = Languages.of(request);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(LANGUAGE, messages.language());
    members.put("direction", messages.direction());
    members.put("idParameter", settings.idParameter());
    members.put("answerParameter", settings.answerParameter());
    members.put("workParameter", settings.workParameter());
    members.putAll(new TreeMap<>(messages.texts()));
    response.addHeader("Vary", "Accept-Language");
    response.setHeader("Content-Language", messages.language());
    Revalidated.of("application/json", ShortAnswer.bytes(members)).send(request, response);
  }
}
