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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work as an answer, over nodes that share nothing but the store. */
@TestInstance(Lifecycle.PER_CLASS)
class WorkAnswersTest {

  private static final String SECRET = "a secret of the shop";

  private final SharedMemory memory = new SharedMemory();
  private final MovableClock clock = new MovableClock();
  private final Settings settings = settings("offer=picture,work");
  private final Settings alone = settings("kind=work");
  private final SessionStore store = memory.open(settings.session());
  private final ObjectMapper json = new ObjectMapper();
  private Browser browser = new Browser();
  private Node a;
  private Node b;
  private Node onlyWork;

  private static Settings settings(String kind) {
    return Node.settings(
        kind,
        "work.difficulty=5",
        "work.rise=1",
        "siteverify.secret=" + SECRET,
        "protect.login.path=/login",
        "protect.account.path=/account/*",
        "protect.account.scope=account");
  }

  @BeforeAll
  void start() {
    a = node(settings);
    b = node(settings);
    onlyWork = node(alone);
  }

  private Node node(Settings of) {
    return Node.start(of, memory.open(of.session()), clock, Application::install);
  }

  @AfterAll
  void stop() {
    a.close();
    b.close();
    onlyWork.close();
    store.close();
  }

  @BeforeEach
  void visit() {
    browser = new Browser();
  }

  @Test
  void theWorkIsDescribedByEachNodeInTheSameWords() throws IOException {
    JsonNode issued = issue(a, "");
    HttpResponse<String> here = browser.get(a, issued.get("work").asText());
    HttpResponse<String> there = browser.get(b, issued.get("work").asText());

    assertThat(issued.get("work").asText())
        .isEqualTo("/captcha/" + issued.get("id").asText() + ".json");
    assertThat(here.statusCode()).isEqualTo(200);
    assertThat(here.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(here.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(there.body()).isEqualTo(here.body());
    JsonNode parameters = json.readTree(here.body()).get("parameters");
    assertThat(parameters.get("algorithm").asText()).isEqualTo("PBKDF2/SHA-256");
    assertThat(parameters.get("cost").asInt()).isEqualTo(1000);
    assertThat(parameters.get("keyLength").asInt()).isEqualTo(32);
    assertThat(parameters.get("keyPrefix").asText()).matches("[0-9a-f]{32}");
    assertThat(parameters.get("expiresAt").asLong())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(5)).getEpochSecond());
    assertThat(parameters.get("data").get("id").asText()).isEqualTo(issued.get("id").asText());
  }

  @Test
  void workThatIsDoneIsAnAnswerOnAnyNodeAndOnce() throws IOException {
    String id = issue(a, "").get("id").asText();
    String payload = Solver.solve(browser.get(b, "/captcha/" + id + ".json").body());

    assertThat(login(b, "captcha-id", id, "captcha-answer", "", "altcha", payload))
        .isEqualTo("let through");
    assertThat(login(a, "captcha-id", id, "captcha-answer", "", "altcha", payload))
        .isEqualTo("USED");
    assertThat(browser.get(a, "/captcha/" + id + ".json").statusCode()).isEqualTo(404);
  }

  @Test
  void aFormWithTheWidgetsFieldAloneIsAnswered() throws IOException {
    HttpResponse<String> issued = browser.get(a, "/captcha/altcha.json");
    String payload = Solver.solve(issued.body());

    assertThat(issued.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(login(b, "altcha", payload)).isEqualTo("let through");
    assertThat(login(b, "altcha", payload)).isEqualTo("USED");
  }

  @Test
  void ofAnAnswerAndWorkEitherMayBeRight() throws IOException {
    String one = issue(a, "").get("id").asText();
    String work = Solver.solve(browser.get(a, "/captcha/" + one + ".json").body());
    assertThat(login(b, "captcha-id", one, "captcha-answer", "wrong", "altcha", work))
        .isEqualTo("let through");

    String two = issue(a, "").get("id").asText();
    String right = Peek.answer(store, browser.sessionId(), two);
    assertThat(login(b, "captcha-id", two, "captcha-answer", right, "altcha", work))
        .isEqualTo("let through");

    String three = issue(a, "").get("id").asText();
    assertThat(login(b, "captcha-id", three, "captcha-answer", "wrong", "altcha", work))
        .isEqualTo("WRONG");
  }

  @Test
  void aPictureWithoutAnIdAndWorkInOneFormAreTwoChallengesOfWhichOneIsEnough() {
    browser.bytes(a, "/captcha/image");
    String typed = Peek.answerOfImage(store, browser.sessionId());
    String work = Solver.solve(browser.get(a, "/captcha/altcha.json").body());

    assertThat(login(b, "captcha-answer", "wrong", "altcha", work)).isEqualTo("let through");
    assertThat(login(b, "captcha-answer", typed, "altcha", work)).isEqualTo("let through");
    assertThat(login(b, "captcha-answer", typed, "altcha", work)).isEqualTo("MISSING");
  }

  @Test
  void workForOneFormIsNoneForAnother() throws IOException {
    String payload = Solver.solve(browser.get(a, "/captcha/altcha.json?scope=account").body());

    assertThat(login(b, "altcha", payload)).isEqualTo("SCOPE");
    String again = Solver.solve(browser.get(a, "/captcha/altcha.json?scope=account").body());
    assertThat(verdict(browser.post(b, "/account/x", "altcha", again))).isEqualTo("let through");
    assertThat(browser.get(a, "/captcha/altcha.json?scope=a%20b").statusCode()).isEqualTo(400);
  }

  @Test
  void workOfAnotherSessionOrTooLateIsRefused() {
    String payload = Solver.solve(browser.get(a, "/captcha/altcha.json").body());
    Browser other = new Browser();
    other.get(a, "/captcha/altcha.json");
    assertThat(verdict(other.post(b, "/login", "altcha", payload))).isEqualTo("MISSING");

    clock.advance(Duration.ofMinutes(5));
    assertThat(login(b, "altcha", payload)).isEqualTo("EXPIRED");
  }

  @Test
  void aCounterThatIsGuessedUsesTheChallengeUp() throws IOException {
    String challenge = browser.get(a, "/captcha/altcha.json").body();
    String guess = Solver.payload(json.readTree(challenge), 3, "00".repeat(32));

    assertThat(login(b, "altcha", guess)).isEqualTo("WRONG");
    assertThat(login(b, "altcha", Solver.solve(challenge))).isEqualTo("USED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "PASSED",
        "{}",
        "e30=",
        "eyJjaGFsbGVuZ2UiOm51bGwsInNvbHV0aW9uIjpudWxsLCJ0ZXN0Ijp0cnVlfQ=="
      })
  void whatIsNoProofIsNoAnswerAndLeavesTheChallenge(String payload) throws IOException {
    String id = issue(a, "").get("id").asText();

    assertThat(login(b, "captcha-id", id, "altcha", payload)).isEqualTo("MISSING");
    String right = Peek.answer(store, browser.sessionId(), id);
    assertThat(login(b, "captcha-id", id, "captcha-answer", right, "altcha", payload))
        .isEqualTo("let through");
  }

  @Test
  void ofOneProofManyTimesAtOnceExactlyOneGetsThrough() throws Exception {
    try (AtOnce forms = new AtOnce()) {
      for (int round = 0; round < 20; round++) {
        String payload = Solver.solve(browser.get(a, "/captcha/altcha.json").body());
        List<@Nullable String> told =
            forms
                .rounds(6, 1, (form, unused) -> login(form % 2 == 0 ? a : b, "altcha", payload))
                .get(0);
        assertThat(told).containsOnlyOnce("let through");
        assertThat(told).filteredOn("USED"::equals).hasSize(5);
      }
    }
  }

  @Test
  void aTokenIsGivenForWorkAndAServerMayAskAboutThePayloadItself() throws IOException {
    String payload = Solver.solve(browser.get(a, "/captcha/altcha.json").body());
    HttpResponse<String> answered = browser.post(b, "/captcha/answers", "work", payload);
    assertThat(answered.statusCode()).isEqualTo(201);
    assertThat(json.readTree(answered.body()).get("token").asText()).isNotBlank();

    String another = Solver.solve(browser.get(a, "/captcha/altcha.json").body());
    assertThat(siteverify(another)).contains("\"success\":true");
    assertThat(siteverify(another)).contains("timeout-or-duplicate");
  }

  private String siteverify(String payload) {
    return browser.post(b, "/captcha/siteverify", "secret", SECRET, "response", payload).body();
  }

  @Test
  void workAloneShowsNoPictureAndAsksForNothing() throws IOException {
    JsonNode issued = issue(onlyWork, "");
    String id = issued.get("id").asText();

    assertThat(issued.get("kind").asText()).isEqualTo("work");
    assertThat(issued.has("image")).isFalse();
    assertThat(browser.bytes(onlyWork, "/captcha/" + id + ".png").statusCode()).isEqualTo(404);
    assertThat(browser.bytes(onlyWork, "/captcha/image").statusCode()).isEqualTo(404);
    assertThat(login(onlyWork, "captcha-id", id, "captcha-answer", "\u00a0")).isEqualTo("WRONG");

    String payload = Solver.solve(browser.get(onlyWork, "/captcha/altcha.json").body());
    assertThat(login(onlyWork, "altcha", payload)).isEqualTo("let through");
  }

  @Test
  void whoOnlyLooksIsIssuedNothing() {
    HttpResponse<String> head =
        browser.send(
            browser.request(a, "/captcha/altcha.json").method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void whereWorkIsNotOfferedThereIsNone() throws IOException {
    Settings pictures = Node.settings("offer=picture", "protect.login.path=/login");
    try (Node node = node(pictures)) {
      String payload = Solver.solve(browser.get(a, "/captcha/altcha.json").body());
      JsonNode issued = issue(node, "");

      assertThat(issued.has("work")).isFalse();
      assertThat(browser.get(node, "/captcha/altcha.json").statusCode()).isEqualTo(404);
      assertThat(browser.get(node, "/captcha/" + issued.get("id").asText() + ".json").statusCode())
          .isEqualTo(404);
      assertThat(login(node, "altcha", payload))
          .as("issued by a node that offers it")
          .isEqualTo("let through");
    }
  }

  private JsonNode issue(Node node, String body) throws IOException {
    return json.readTree(
        browser
            .send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.ofString(body)))
            .body());
  }

  private String login(Node node, String... fields) {
    return verdict(browser.post(node, "/login", fields));
  }

  private static String verdict(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Captcha-Verdict")
        .orElse(response.body().startsWith(Application.LET_THROUGH) ? "let through" : "nothing");
  }
}
