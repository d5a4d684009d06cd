package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST challenges}: issues a challenge and describes it, for pages made by scripts. */
final class ChallengesEndpoint implements Endpoint {

  private final Captcha captcha;
  private final Failures failures;
  private final Settings settings;

  ChallengesEndpoint(Captcha captcha, Failures failures, Settings settings) {
    this.captcha = captcha;
    this.failures = failures;
    this.settings = settings;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    String scope = Scopes.inParameterOrBody(request);
    PageCaptcha issued =
        new PageCaptcha(captcha, failures, settings, request, response).scoped(scope);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", issued.getId());
    members.put("kind", issued.getKind());
    putOffered(members, "image", issued.getImage());
    putOffered(members, "sound", issued.getSound());
    putOffered(members, "work", issued.getWork());
    members.put("expiresAt", issued.getExpiresAt());
    response.setStatus(HttpServletResponse.SC_CREATED);
    String image = issued.getImage();
    response.setHeader("Location", image == null ? issued.getWork() : image);
    ShortAnswer.json(response, members);
  }

  private static void putOffered(Map<String, Object> members, String name, @Nullable String url) {
    if (url != null) {
      members.put(name, url);
    }
  }
}
