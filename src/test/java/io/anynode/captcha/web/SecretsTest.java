package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

/** What nobody is told: the answers, the sessions' ids, the secret. */
class SecretsTest {

  /** A container logs at its finest what it received, byte by byte, before any filter sees it. */
  private static final String[] CONTAINER = {"org.apache.coyote.", "org.apache.tomcat."};

  private final Settings settings =
      Node.settings(
          "protect.login.path=/login",
          "protect.page.path=/account/*",
          "protect.page.on-failure=forward:/page");
  private final ControlledStore store =
      new ControlledStore(new SharedMemory().open(settings.session()));
  private final Browser browser = new Browser();
  private final List<String> told = new ArrayList<>();

  @Test
  void answersIdsOfSessionsAndTheSecretAreInNoLogNoHeaderAndNoBody() throws IOException {
    List<String> secrets = new ArrayList<>(List.of(Peek.SECRET));
    String logged;
    try (CapturedLog log = CapturedLog.ofAll();
        Node node = Node.start(settings, store, Clock.systemUTC(), SecretsTest::application)) {
      String right = round(node, secrets, "/login", true);
      secrets.add(right);
      secrets.add(round(node, secrets, "/login", false));
      secrets.add(round(node, secrets, "/account/x", false));
      secrets.add(unnamed(node));
      secrets.add(fault(node));
      tell(browser.get(node, "/failing"));
      secrets.add(browser.sessionId());
      secrets.add(Objects.requireNonNull(browser.cookies().get("SESSION")));
      logged = log.textWithout(CONTAINER);
    }

    assertThat(logged).contains("Guard login: PASSED", "Guard login: USED", "answered with 503");
    assertThat(secrets).hasSize(10).doesNotHaveDuplicates();
    for (String secret : secrets) {
      String lower = secret.toLowerCase(Locale.ROOT);
      assertThat(logged).doesNotContain(secret, lower);
      assertThat(told).noneMatch(text -> text.contains(secret) || text.contains(lower));
    }
  }

  private static void application(Context context) {
    Application.install(context);
    Application.servlet(
        context,
        "/failing",
        (request, response) -> {
          PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
          throw new IllegalStateException("a page failed with " + captcha.getId());
        });
  }

  /** Issues, shows, answers, and answers once more. */
  private String round(Node node, List<String> secrets, String path, boolean right)
      throws IOException {
    JsonNode challenge = issue(node);
    String id = challenge.get("id").asText();
    String answer = Peek.answer(store, browser.sessionId(), id);
    String typed = right ? answer : "mistyped" + secrets.size();
    tell(browser.get(node, challenge.get("image").asText()));
    tell(browser.post(node, path, "captcha-id", id, "captcha-answer", typed));
    tell(browser.post(node, path, "captcha-id", id, "captcha-answer", answer));
    if (!right) {
      secrets.add(typed);
    }
    return answer;
  }

  private String unnamed(Node node) {
    tell(browser.get(node, "/captcha/image"));
    String answer = Peek.answerOfImage(store, browser.sessionId());
    tell(browser.post(node, "/login", "captcha-answer", answer));
    return answer;
  }

  private String fault(Node node) throws IOException {
    String id = issue(node).get("id").asText();
    String answer = Peek.answer(store, browser.sessionId(), id);
    store.goDown();
    tell(browser.post(node, "/login", "captcha-id", id, "captcha-answer", answer));
    tell(browser.get(node, "/page"));
    tell(browser.get(node, "/captcha/" + id + ".png"));
    tell(browser.get(node, "/captcha/health"));
    store.comeBack();
    return answer;
  }

  private JsonNode issue(Node node) throws IOException {
    HttpResponse<String> issued =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    tell(issued);
    return new ObjectMapper().readTree(issued.body());
  }

  /** The cookie is the one place where a session's id belongs. */
  private void tell(HttpResponse<String> response) {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Set-Cookie")) {
                told.add(name + ": " + values);
              }
            });
    told.add(response.body());
  }
}
