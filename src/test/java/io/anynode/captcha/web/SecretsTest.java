package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

  private static final String ADDRESS = "203.0.113.77";
  private static final String SITEVERIFY = "/captcha/siteverify";

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

  /** Beside the answers: who logs in, from where, and what another application is handed. */
  @Test
  void accountsAddressesAndTokensAreInNoLog() throws IOException {
    String account = "an-account-of-someone";
    String servers = "the secret of another server";
    Settings limited =
        Node.settings(
            "protect.login.path=/login",
            "protect.login.remember=1m",
            "protect.enter.path=/enter",
            "protect.enter.scope=enter",
            "protect.enter.when=after-failures:1",
            "protect.enter.failed=status:401",
            "siteverify.secret=" + servers,
            "rate.failure=2/1m",
            "trusted-proxies=127.0.0.1");
    String token;
    String logged;
    try (CapturedLog log = CapturedLog.ofAll();
        Node node = Node.start(limited, store, Clock.systemUTC(), SecretsTest::application)) {
      String[] login = answered(node, "captcha-id", "captcha-answer");
      assertThat(post(node, "/login", login).statusCode()).isEqualTo(200);
      assertThat(post(node, "/login", "username", account).statusCode()).isEqualTo(200);
      HttpResponse<String> right = post(node, "/captcha/answers", answered(node, "id", "answer"));
      token = new ObjectMapper().readTree(right.body()).get("token").asText();
      for (String success : List.of("true", "false")) {
        assertThat(post(node, SITEVERIFY, "secret", servers, "response", token).body())
            .contains("\"success\":" + success);
      }
      assertThat(post(node, SITEVERIFY, "secret", "wrong", "response", token).body())
          .contains("invalid-input-secret");
      List<Integer> entered = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        entered.add(enter(node, account).statusCode());
      }
      assertThat(entered).containsExactly(401, 422, 422, 429);
      store.goDown();
      assertThat(post(node, "/login", "username", account).statusCode()).isEqualTo(429);
      assertThat(browser.get(node, "/page").statusCode()).isEqualTo(503);
      store.comeBack();
      logged = log.textWithout(CONTAINER);
    }

    assertThat(logged).contains("Guard login: PASSED", "Guard enter: MISSING", "another secret");
    for (String secret : List.of(ADDRESS, account, token, servers, browser.sessionId())) {
      assertThat(logged).doesNotContain(secret);
    }
  }

  private HttpResponse<String> enter(Node node, String account) {
    return post(node, "/enter", "captcha-answer", "mistyped", "username", account);
  }

  /** The fields of a right answer to a new challenge. */
  private String[] answered(Node node, String idField, String answerField) throws IOException {
    String id = issue(node).get("id").asText();
    return new String[] {idField, id, answerField, Peek.answer(store, browser.sessionId(), id)};
  }

  /** As a proxy passes it on. */
  private HttpResponse<String> post(Node node, String path, String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(namesAndValues[i]).append('=');
      form.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8)).append('&');
    }
    return browser.send(
        browser
            .request(node, path)
            .header("X-Forwarded-For", ADDRESS)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString())));
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
    Application.servlet(context, "/enter", (request, response) -> response.sendError(401));
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
