package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.Captcha;
import io.anynode.captcha.MovableClock;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A challenge's whole life over three nodes, none of which knows what another did. */
@TestInstance(Lifecycle.PER_CLASS)
class RoundTripTest {

  private final SharedMemory memory = new SharedMemory();
  private final MovableClock clock = new MovableClock();
  private final Settings settings =
      Node.settings(
          "protect.login.path=/login",
          "protect.account.path=/account/*",
          "protect.account.scope=account");
  private final SessionStore store = memory.open(settings.session());
  private Browser browser = new Browser();

  private Node issuing;
  private Node showing;
  private Node verifying;

  @BeforeAll
  void start() {
    issuing = node();
    showing = node();
    verifying = node();
  }

  @AfterAll
  void stop() {
    List.of(issuing, showing, verifying).forEach(Node::close);
    store.close();
  }

  @BeforeEach
  void visit() {
    browser = new Browser();
  }

  private Node node() {
    return Node.start(settings, memory.open(settings.session()), clock, Application::install);
  }

  @Test
  void aRightAnswerPassesOnAnotherNode() throws IOException {
    JsonNode challenge = issue("");
    assertThat(browser.bytes(showing, challenge.get("image").asText()).statusCode()).isEqualTo(200);

    HttpResponse<String> response = answer("/login", challenge, rightAnswer(challenge));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(Application.LET_THROUGH + " demo");
  }

  @Test
  void aPageThatKnowsNoIdsSendsTheAnswerAlone() {
    assertThat(browser.bytes(issuing, "/captcha/image").statusCode()).isEqualTo(200);
    String answer = Peek.answerOfImage(store, browser.sessionId());

    HttpResponse<String> response = browser.post(verifying, "/login", "captcha-answer", answer);

    assertThat(response.body()).startsWith(Application.LET_THROUGH);
    assertRefused(browser.post(showing, "/login", "captcha-answer", answer), "MISSING");
  }

  @Test
  void theSameIdDrawsTheSameBytesOnEveryNode() throws IOException {
    String image = issue("").get("image").asText();
    byte[] first = browser.bytes(issuing, image).body();
    assertThat(browser.bytes(showing, image).body()).isEqualTo(first);
    assertThat(browser.bytes(verifying, image).body()).isEqualTo(first);
  }

  @Test
  void aReplayIsUsed() throws IOException {
    JsonNode challenge = issue("");
    String answer = rightAnswer(challenge);
    answer("/login", challenge, answer);
    assertRefused(answer("/login", challenge, answer), "USED");
    assertThat(browser.bytes(showing, challenge.get("image").asText()).statusCode()).isEqualTo(404);
  }

  @Test
  void aWrongAnswerUsesTheChallengeUp() throws IOException {
    JsonNode challenge = issue("");
    String answer = rightAnswer(challenge);
    assertRefused(answer("/login", challenge, "0"), "WRONG");
    assertRefused(answer("/login", challenge, answer), "USED");
  }

  @Test
  void aLateAnswerIsExpired() throws IOException {
    JsonNode challenge = issue("");
    String answer = rightAnswer(challenge);
    clock.advance(Duration.ofMinutes(6));
    assertRefused(answer("/login", challenge, answer), "EXPIRED");
    assertThat(browser.bytes(showing, challenge.get("image").asText()).statusCode()).isEqualTo(404);
  }

  @Test
  void aChallengeOfAnotherFormIsRefused() throws IOException {
    JsonNode login = issue("");
    assertRefused(answer("/account/close", login, rightAnswer(login)), "SCOPE");
    JsonNode account = issue("account");
    assertThat(answer("/account/close", account, rightAnswer(account)).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void anIdOfAnotherSessionIsMissing() throws IOException {
    JsonNode challenge = issue("");
    String answer = rightAnswer(challenge);
    Browser other = new Browser();
    other.get(showing, "/session");
    HttpResponse<String> stolen =
        other.post(
            verifying,
            "/login",
            "captcha-id",
            challenge.get("id").asText(),
            "captcha-answer",
            answer);
    assertRefused(stolen, "MISSING");
    assertThat(other.bytes(showing, challenge.get("image").asText()).statusCode()).isEqualTo(404);
    assertThat(answer("/login", challenge, answer).body()).startsWith(Application.LET_THROUGH);
  }

  @Test
  void anAlteredSealedTextIsMissing() throws IOException {
    JsonNode challenge = issue("");
    String answer = rightAnswer(challenge);
    String attribute = Captcha.ATTRIBUTE + challenge.get("id").asText();
    String sealed =
        Peek.session(store, browser.sessionId()).<String>getRequiredAttribute(attribute);
    char last = sealed.charAt(20) == 'A' ? 'B' : 'A';
    Peek.overwrite(
        store,
        browser.sessionId(),
        attribute,
        sealed.substring(0, 20) + last + sealed.substring(21));
    assertThat(browser.bytes(showing, challenge.get("image").asText()).statusCode()).isEqualTo(404);
    assertRefused(answer("/login", challenge, answer), "MISSING");
  }

  @Test
  void aTextSealedWithAnotherKeyIsMissing() throws IOException {
    Settings others = Node.settings("secret=a secret of someone else");
    try (Node other =
        Node.start(others, memory.open(others.session()), clock, Application::install)) {
      HttpResponse<String> issued =
          browser.send(browser.request(other, "/captcha/challenges").POST(BodyPublishers.noBody()));
      JsonNode challenge = new ObjectMapper().readTree(issued.body());
      assertThat(browser.bytes(other, challenge.get("image").asText()).statusCode()).isEqualTo(200);
      assertThat(browser.bytes(showing, challenge.get("image").asText()).statusCode())
          .isEqualTo(404);
      assertRefused(answer("/login", challenge, "7777"), "MISSING");
    }
  }

  @Test
  void nodesWithoutASecretAgreeOnOne() throws IOException {
    Settings unset = Node.settings("protect.login.path=/login", "secret=");
    try (Node one = Node.start(unset, memory.open(unset.session()), clock, Application::install);
        Node two = Node.start(unset, memory.open(unset.session()), clock, Application::install)) {
      JsonNode challenge = issue(one, "");
      byte[] drawn = browser.bytes(one, challenge.get("image").asText()).body();
      assertThat(browser.bytes(two, challenge.get("image").asText()).body()).isEqualTo(drawn);
    }
  }

  private JsonNode issue(String scope) throws IOException {
    return issue(issuing, scope);
  }

  private JsonNode issue(Node node, String scope) throws IOException {
    HttpResponse<String> issued =
        browser.send(
            browser
                .request(node, "/captcha/challenges?scope=" + scope)
                .POST(BodyPublishers.noBody()));
    assertThat(issued.statusCode()).isEqualTo(201);
    return new ObjectMapper().readTree(issued.body());
  }

  private String rightAnswer(JsonNode challenge) {
    return Peek.answer(store, browser.sessionId(), challenge.get("id").asText());
  }

  private HttpResponse<String> answer(String path, JsonNode challenge, String answer) {
    return browser.post(
        verifying,
        path,
        "username",
        "demo",
        "captcha-id",
        challenge.get("id").asText(),
        "captcha-answer",
        answer);
  }

  private static void assertRefused(HttpResponse<String> response, String verdict) {
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Captcha-Verdict")).hasValue(verdict);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.body()).doesNotContain(Application.LET_THROUGH);
  }
}
