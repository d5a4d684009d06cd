package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.MovableClock;
import io.anynode.captcha.session.AtOnce;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The captcha of applications in other languages: a browser's answer, and a server's question. */
@TestInstance(Lifecycle.PER_CLASS)
class SiteverifyTest {

  private static final String SECRET = "a \"secret\" of the shop\u00e9";
  private static final int SERVERS = 6;
  private static final int ROUNDS = 40;

  private final SharedMemory memory = new SharedMemory();
  private final MovableClock clock = new MovableClock();
  private final Settings settings =
      Node.settings(
          "siteverify.secret=" + SECRET + ", an older secret of the shop",
          "protect.login.path=/login");
  private final SessionStore store = memory.open(settings.session());
  private final ControlledStore failing = new ControlledStore(memory.open(settings.session()));
  private final ObjectMapper json = new ObjectMapper();

  /** The application's server has no cookies of its own. */
  private final Browser server = new Browser();

  private Browser browser = new Browser();
  private Node first;
  private Node second;

  @BeforeAll
  void start() {
    first = node(memory.open(settings.session()));
    second = node(failing);
  }

  private Node node(SessionStore own) {
    return Node.start(settings, own, clock, Application::install);
  }

  @AfterAll
  void stop() {
    first.close();
    second.close();
    store.close();
  }

  @BeforeEach
  void visit() {
    browser = new Browser();
    failing.comeBack();
  }

  @Test
  void aTokenOfOneNodeIsGoodOnTheOtherAndOnce() throws IOException {
    String token = token("");

    JsonNode good = siteverify("secret", SECRET, "response", token, "remoteip", "192.0.2.7");
    JsonNode again = siteverify("secret", SECRET, "response", token);

    assertThat(good.get("success").asBoolean()).isTrue();
    assertThat(good.get("hostname").asText()).isEqualTo("127.0.0.1");
    assertThat(good.get("challenge_ts").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}Z");
    assertThat(good.has("action")).isFalse();
    assertThat(good.get("error-codes")).isEmpty();
    assertThat(again.get("success").asBoolean()).isFalse();
    assertThat(codes(again)).containsExactly("timeout-or-duplicate");
  }

  @Test
  void ofManyServersThatAskAtOnceExactlyOneIsToldOfSuccess() throws Exception {
    try (AtOnce servers = new AtOnce()) {
      for (int round = 0; round < ROUNDS; round++) {
        String token = token("");
        List<@Nullable Boolean> told =
            servers
                .rounds(
                    SERVERS,
                    1,
                    (server, unused) ->
                        verified(
                                new Browser(),
                                server % 2 == 0 ? first : second,
                                "secret",
                                SECRET,
                                "response",
                                token)
                            .get("success")
                            .asBoolean())
                .get(0);
        assertThat(told).containsOnlyOnce(true).hasSize(SERVERS);
      }
    }
  }

  @Test
  void aServerMayAskInJson() throws IOException {
    String body =
        json.writeValueAsString(Map.of("secret", SECRET, "response", token(""), "remoteip", "::1"));
    HttpResponse<String> response =
        server.send(
            server
                .request(second, "/captcha/siteverify")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(json.readTree(response.body()).get("success").asBoolean()).isTrue();
  }

  @Test
  void aServerMayPostItsFieldsInTheQuery() throws IOException {
    HttpResponse<String> response =
        server.send(
            server
                .request(
                    second,
                    "/captcha/siteverify?secret=an+older+secret+of+the+shop&response=" + token(""))
                .POST(BodyPublishers.noBody()));
    assertThat(json.readTree(response.body()).get("success").asBoolean()).isTrue();
  }

  @Test
  void aTokenSaysItsFormAndCountsForNoOther() throws IOException {
    String token = token("login");
    assertThat(codes(siteverify("secret", SECRET, "response", token, "scope", "register")))
        .containsExactly("invalid-input-response");
    JsonNode good = siteverify("secret", SECRET, "response", token, "scope", "login");
    assertThat(good.get("success").asBoolean()).isTrue();
    assertThat(good.get("action").asText()).isEqualTo("login");
  }

  @Test
  void aTokenIsGoodForTwoMinutes() throws IOException {
    String early = token("");
    clock.advance(Duration.ofSeconds(118));
    assertThat(siteverify("secret", SECRET, "response", early).get("success").asBoolean()).isTrue();
    String late = token("");
    clock.advance(Duration.ofMinutes(2));
    assertThat(codes(siteverify("secret", SECRET, "response", late)))
        .containsExactly("timeout-or-duplicate");
  }

  @Test
  void aWrongSecretDoesNotUseTheTokenUp() throws IOException {
    String token = token("");
    assertThat(codes(siteverify("secret", SECRET + "x", "response", token)))
        .containsExactly("invalid-input-secret");
    assertThat(siteverify("secret", SECRET, "response", token).get("success").asBoolean()).isTrue();
  }

  @Test
  void wrongSecretsAreWarnedOfOnceAMinuteWithTheirNumber() throws IOException {
    try (CapturedLog log = CapturedLog.start()) {
      clock.advance(Duration.ofMinutes(1));
      siteverify("secret", "guess", "response", "x");
      assertThat(log.text()).containsOnlyOnce("1 request(s)").doesNotContain("guess");
      for (int i = 0; i < 20; i++) {
        siteverify("secret", "guess", "response", "x");
      }
      assertThat(log.text()).containsOnlyOnce("captcha.siteverify.secret");
      clock.advance(Duration.ofMinutes(1));
      siteverify("secret", "guess", "response", "x");
      assertThat(log.text()).containsOnlyOnce("21 request(s)");
    }
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    assertThat(codes(siteverify()))
        .containsExactlyInAnyOrder("missing-input-secret", "missing-input-response");
    assertThat(codes(siteverify("secret", SECRET))).containsExactly("missing-input-response");
    assertThat(codes(siteverify("secret", SECRET, "response", " ")))
        .containsExactly("missing-input-response");
    assertThat(codes(siteverify("response", "x"))).containsExactly("missing-input-secret");
  }

  @ParameterizedTest
  @CsvSource({"x", "1.", "1.AAAA", "2.x", "' '", "\u00e9", "1.%00"})
  void aTokenThatNobodyIssuedIsInvalid(String token) throws IOException {
    assertThat(codes(siteverify("secret", SECRET, "response", "y" + token)))
        .containsExactly("invalid-input-response");
  }

  @Test
  void anAlteredTokenIsInvalidAndLosesNothing() throws IOException {
    String token = token("");
    char last = token.charAt(token.length() - 5) == 'A' ? 'B' : 'A';
    String altered =
        token.substring(0, token.length() - 5) + last + token.substring(token.length() - 4);
    assertThat(codes(siteverify("secret", SECRET, "response", altered)))
        .containsExactly("invalid-input-response");
    assertThat(siteverify("secret", SECRET, "response", token).get("success").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"secret\":[]}      | application/json",
        "{                    | application/json",
        "secret=a&secret=b    | application/x-www-form-urlencoded",
        "<secret/>            | application/xml"
      })
  void aMalformedRequestIsABadOne(String body, String type) throws IOException {
    HttpResponse<String> response =
        server.send(
            server
                .request(first, "/captcha/siteverify")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    assertThat(codes(json.readTree(response.body()))).containsExactly("bad-request");
  }

  @Test
  void aFaultOfTheStoreIsNoSuccess() throws IOException {
    String token = token("");
    failing.goDown();
    HttpResponse<String> response =
        server.post(second, "/captcha/siteverify", "secret", SECRET, "response", token);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(json.readTree(response.body()).get("success").asBoolean()).isFalse();
    assertThat(codes(json.readTree(response.body()))).containsExactly("internal-error");
  }

  @Test
  void noBrowserCanTakeATokenForASession() throws IOException {
    String token = token("");
    Browser thief = new Browser();
    for (String value : List.of(token, token.substring(2))) {
      thief.cookie("SESSION", value);
      thief.get(first, "/session");
      assertThat(thief.sessionId()).hasSize(36);
      assertThat(token).doesNotContain(thief.sessionId());
      thief.cookie(
          "SESSION", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
      thief.get(first, "/session");
      assertThat(thief.sessionId()).hasSize(36);
    }
    assertThat(siteverify("secret", SECRET, "response", token).get("success").asBoolean()).isTrue();
  }

  @Test
  void aFormWithoutAScriptIsVerifiedWithTheVisitorsCookie() throws IOException {
    String id = issue("login");
    String response = id + ":" + rightAnswer(id);

    assertThat(codes(siteverify("secret", SECRET, "response", response, "scope", "login")))
        .containsExactly("invalid-input-response");

    server.cookie("SESSION", Objects.requireNonNull(browser.cookies().get("SESSION")));
    try {
      JsonNode good = siteverify("secret", SECRET, "response", response, "scope", "login");
      JsonNode again = siteverify("secret", SECRET, "response", response, "scope", "login");
      assertThat(good.get("success").asBoolean()).isTrue();
      assertThat(good.get("action").asText()).isEqualTo("login");
      assertThat(codes(again)).containsExactly("timeout-or-duplicate");
    } finally {
      server.cookies().clear();
    }
  }

  @Test
  void aPictureWithoutAnIdIsVerifiedWithTheVisitorsCookie() throws IOException {
    browser.bytes(first, "/captcha/image");
    String answer = Peek.answerOfImage(store, browser.sessionId());
    server.cookie("SESSION", Objects.requireNonNull(browser.cookies().get("SESSION")));
    try {
      assertThat(siteverify("secret", SECRET, "response", ":" + answer).get("success").asBoolean())
          .isTrue();
      assertThat(codes(siteverify("secret", SECRET, "response", ":" + answer)))
          .containsExactly("invalid-input-response");
    } finally {
      server.cookies().clear();
    }
  }

  @Test
  void aWrongAnswerGetsNoTokenAndTheVerdict() throws IOException {
    String id = issue("");
    HttpResponse<String> wrong = answer(id, "wrong", "");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
    assertThat(json.readTree(wrong.body()).get("verdict").asText()).isEqualTo("WRONG");
    assertThat(wrong.body()).doesNotContain("token");
    HttpResponse<String> used = answer(id, "wrong", "");
    assertThat(json.readTree(used.body()).get("verdict").asText()).isEqualTo("USED");
  }

  @Test
  void whoHasGivenTooManyWrongAnswersIsNotReadAnyMore() throws IOException {
    Settings limiting = Node.settings("rate.failure=2/1h", "siteverify.secret=" + SECRET);
    try (Node node =
        Node.start(limiting, memory.open(limiting.session()), clock, Application::install)) {
      String id = issue("");
      for (int i = 0; i < 2; i++) {
        assertThat(browser.post(node, "/captcha/answers", "id", id, "answer", "wrong").statusCode())
            .isEqualTo(422);
      }
      assertThat(
              browser.post(node, "/captcha/answers", "id", issue(""), "answer", "x").statusCode())
          .isEqualTo(429);
    }
  }

  @Test
  void anAnswerForAnotherFormGetsNoToken() throws IOException {
    String id = issue("login");
    String answer = rightAnswer(id);
    assertThat(json.readTree(answer(id, answer, "register").body()).get("verdict").asText())
        .isEqualTo("SCOPE");
  }

  @Test
  void aTokenIsNoAnswerToAGuard() throws IOException {
    String token = token("");
    HttpResponse<String> response =
        browser.post(first, "/login", "captcha-id", issue(""), "captcha-answer", token);
    assertThat(response.body()).doesNotContain(Application.LET_THROUGH);
  }

  @Test
  void withoutASecretThereIsNeither() throws IOException {
    Settings unset = Node.settings();
    try (Node node = Node.start(unset, memory.open(unset.session()), clock, Application::install)) {
      assertThat(browser.post(node, "/captcha/siteverify").statusCode()).isEqualTo(404);
      assertThat(browser.post(node, "/captcha/answers").statusCode()).isEqualTo(404);
    }
  }

  private String token(String scope) throws IOException {
    String id = issue(scope);
    HttpResponse<String> answered = answer(id, rightAnswer(id), scope);
    assertThat(answered.statusCode()).isEqualTo(201);
    assertThat(answered.headers().firstValue("Cache-Control")).hasValue("no-store");
    String token = json.readTree(answered.body()).get("token").asText();
    assertThat(token).matches("[A-Za-z0-9._-]{100,800}");
    return token;
  }

  private String issue(String scope) throws IOException {
    HttpResponse<String> issued =
        browser.send(
            browser
                .request(first, "/captcha/challenges?scope=" + scope)
                .POST(BodyPublishers.noBody()));
    return json.readTree(issued.body()).get("id").asText();
  }

  private String rightAnswer(String id) {
    return Peek.answer(store, browser.sessionId(), id);
  }

  private HttpResponse<String> answer(String id, String answer, String scope) throws IOException {
    String body = json.writeValueAsString(Map.of("id", id, "answer", answer, "scope", scope));
    return browser.send(
        browser
            .request(first, "/captcha/answers")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode siteverify(String... fields) throws IOException {
    return verified(server, second, fields);
  }

  private JsonNode verified(Browser server, Node node, String... fields) throws IOException {
    HttpResponse<String> response = server.post(node, "/captcha/siteverify", fields);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    return json.readTree(response.body());
  }

  private static List<String> codes(JsonNode verified) {
    assertThat(verified.get("success").asBoolean()).isFalse();
    return verified.get("error-codes").valueStream().map(JsonNode::asText).toList();
  }
}
