package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published clients of other captcha services, in another language, verify here. */
@TestInstance(Lifecycle.PER_CLASS)
class SiteverifyClientIT {

  private static final String SECRET = "a-secret-of-the-shop";

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings = Node.settings("siteverify.secret=" + SECRET);
  private final SessionStore store = memory.open(settings.session());
  private final ObjectMapper json = new ObjectMapper();
  private Node first;
  private Node second;

  @BeforeAll
  void start() {
    assumeFalse(Boolean.getBoolean("skipBrowser"), "what needs Node.js is left out");
    first = node();
    second = node();
  }

  private Node node() {
    return Node.start(
        settings, memory.open(settings.session()), Clock.systemUTC(), Application::install);
  }

  @AfterAll
  void stop() {
    if (first != null) {
      first.close();
      second.close();
    }
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hcaptcha", "express-recaptcha"})
  void aClientIsToldOfSuccessOnceAndOfAReplay(String client) throws Exception {
    String token = token();

    JsonNode wrongSecret = verify(client, SECRET + "x", token);
    JsonNode success = verify(client, SECRET, token);
    JsonNode again = verify(client, SECRET, token);

    assertThat(wrongSecret.toString()).contains("\"success\":false", "invalid-input-secret");
    assertThat(success.get("success").asBoolean()).isTrue();
    assertThat(success.get("hostname").asText()).isEqualTo("127.0.0.1");
    assertThat(again.toString()).contains("\"success\":false", "timeout-or-duplicate");
  }

  private String token() throws IOException {
    Browser browser = new Browser();
    String issued =
        browser
            .send(browser.request(first, "/captcha/challenges").POST(BodyPublishers.noBody()))
            .body();
    String id = json.readTree(issued).get("id").asText();
    String answer = Peek.answer(store, browser.sessionId(), id);
    String answered = browser.post(first, "/captcha/answers", "id", id, "answer", answer).body();
    return json.readTree(answered).get("token").asText();
  }

  private JsonNode verify(String client, String secret, String token) throws Exception {
    Process node;
    try {
      node =
          new ProcessBuilder(
                  Objects.requireNonNullElse(System.getenv("PLAYWRIGHT_NODEJS_PATH"), "node"),
                  "verify.js",
                  client,
                  second.url("/captcha/siteverify"),
                  secret,
                  token)
              .directory(new File("src/test/clients"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return fail(
          "There is no Node.js here. On Debian, apt-get install nodejs; or -DskipBrowser leaves"
              + " out what needs it.",
          e);
    }
    String told = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).isZero();
    return json.readTree(told);
  }
}
