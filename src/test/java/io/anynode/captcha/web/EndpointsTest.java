package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class EndpointsTest {

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings =
      Node.settings(
          "node=worker-1",
          "protect.login.path=/login",
          "protect.a.path=/account/*",
          "protect.a.scope=a");
  private final SessionStore store = memory.open(settings.session());
  private Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node =
        Node.start(
            settings, memory.open(settings.session()), Clock.systemUTC(), Application::install);
  }

  @AfterAll
  void stop() {
    node.close();
    store.close();
  }

  @BeforeEach
  void visit() {
    browser = new Browser();
  }

  @Test
  void aNewChallengeIsDescribedInJson() throws IOException {
    HttpResponse<String> response = post("", "");
    JsonNode challenge = json(response);

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(type(response)).startsWith("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(challenge.fieldNames())
        .toIterable()
        .containsExactly("id", "kind", "image", "sound", "work", "expiresAt");
    assertThat(challenge.get("id").asText()).matches("[A-Za-z0-9_-]{40}");
    assertThat(challenge.get("kind").asText()).isEqualTo("text");
    assertThat(challenge.get("image").asText())
        .isEqualTo("/captcha/" + challenge.get("id").asText() + ".png");
    assertThat(response.headers().firstValue("Location")).hasValue(challenge.get("image").asText());
    assertThat(Instant.parse(challenge.get("expiresAt").asText()))
        .isBetween(Instant.now().plusSeconds(280), Instant.now().plusSeconds(300));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | ''",
        "''                       | text/plain",
        "''                       | application/json",
        "{}                       | application/json",
        "' {\t}\r\n'              | application/json; charset=utf-8",
        "{\"scope\":\"\"}         | application/json",
        "scope=                   | application/x-www-form-urlencoded"
      })
  void aBodyThatAsksForNothingIsFine(String body, String type) throws IOException {
    HttpResponse<String> response = post(body, type);
    assertThat(response.statusCode()).isEqualTo(201);
    assertPasses(json(response), "/login");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scope\":\"a\"}        | Application/JSON",
        "{ \"scope\" : \"a\" }    | application/json",
        "scope=a                  | application/x-www-form-urlencoded"
      })
  void aBodySaysTheScope(String body, String type) throws IOException {
    assertPasses(json(post(body, type)), "/account/a");
  }

  @Test
  void theQuerySaysTheScopeAndNothingElse() throws IOException {
    JsonNode challenge =
        json(
            browser.send(
                browser
                    .request(node, "/captcha/challenges?scope=a&length=1&width=9999&height=1&ttl=1")
                    .POST(BodyPublishers.noBody())));
    String answer = answer(challenge);
    assertThat(answer).hasSize(5);
    byte[] png = browser.bytes(node, challenge.get("image").asText() + "?width=9999").body();
    assertThat(ByteBuffer.wrap(png, 16, 4).getInt()).isEqualTo(200);
    assertPasses(challenge, "/account/a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                               | application/json | 400",
        "null                            | application/json | 400",
        "[]                              | application/json | 400",
        "{\"scope\":1}                   | application/json | 400",
        "{\"scope\":\"a\",}              | application/json | 400",
        "{\"scope\":\"a\"}{}             | application/json | 400",
        "{\"scope\":\"a\",\"length\":1}  | application/json | 400",
        "{\"scope\":\"\\u0061\"}         | application/json | 400",
        "{\"scope\":\"a b\"}             | application/json | 400",
        "{\"scope\":\"\u00e9\"}          | application/json | 400",
        "scope=a&scope=b                 | application/x-www-form-urlencoded | 400",
        "scope=..%2F                     | application/x-www-form-urlencoded | 400",
        "scope=%00                       | application/x-www-form-urlencoded | 400",
        "<scope>a</scope>                | application/xml  | 415",
        "hello                           | text/plain       | 415",
        "hello                           | ''               | 415"
      })
  void aBodyThatIsNoneOfThisIsAProblem(String body, String type, int status) throws IOException {
    HttpResponse<String> response = post(body, type);
    assertProblem(response, status);
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aScopeInTheQueryAndInTheBodyIsAProblem() throws IOException {
    assertProblem(
        browser.send(
            browser
                .request(node, "/captcha/challenges?scope=a")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"scope\":\"b\"}"))),
        400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", "text/plain"})
  void aLargeBodyIsAProblem(String type) throws IOException {
    assertProblem(post("x".repeat(1 << 20), type), 400);
  }

  @Test
  void aLargeBodyOfUnknownLengthIsAProblem() throws IOException {
    byte[] chunk = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    assertProblem(
        browser.send(
            browser
                .request(node, "/captcha/challenges")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(chunk)))),
        400);
  }

  @Test
  void aPictureIsPngThatNobodyKeeps() throws IOException {
    String image = json(post("", "")).get("image").asText();
    HttpResponse<byte[]> response = browser.bytes(node, image);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length);
    assertThat(response.body()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void aHeadOfAPictureSaysTheSameAndChangesNothing() throws IOException {
    JsonNode challenge = json(post("", ""));
    String image = challenge.get("image").asText();
    HttpResponse<String> head = head(image);
    HttpResponse<byte[]> get = browser.bytes(node, image);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(get.body().length);
    assertThat(browser.bytes(node, image).body()).isEqualTo(get.body());
    assertPasses(challenge, "/login");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/captcha/x.png",
        "/captcha/.png",
        "/captcha/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.png",
        "/captcha/a/b.png"
      })
  void aPictureOfNoChallengeIsNotFound(String path) throws IOException {
    assertProblem(browser.get(node, path), 404);
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void anImageIsIssuedAndShownInOneStep() {
    HttpResponse<byte[]> response = browser.bytes(node, "/captcha/image?scope=a");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
    String answer = Peek.answerOfImage(store, browser.sessionId());
    assertThat(browser.post(node, "/account/a", "captcha-answer", answer).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void theQueryOfAnImageCannotMakeItEasier() {
    byte[] png = browser.bytes(node, "/captcha/image?length=1&width=1&height=1&ttl=1").body();
    String answer = Peek.answerOfImage(store, browser.sessionId());
    assertThat(ByteBuffer.wrap(png, 16, 4).getInt()).isEqualTo(200);
    assertThat(answer).hasSize(5);
    assertThat(browser.post(node, "/login", "captcha-answer", answer).body())
        .startsWith(Application.LET_THROUGH);
  }

  /** The longest that this container takes, and one that it does not. */
  @Test
  void aPictureOfALongIdIsNotFoundAndLosesNothing() throws IOException {
    JsonNode challenge = json(post("", ""));
    assertProblem(browser.get(node, "/captcha/" + "A".repeat(60 << 10) + ".png"), 404);
    assertThat(browser.get(node, "/captcha/" + "A".repeat(1 << 20) + ".png").statusCode())
        .isBetween(400, 499);
    assertPasses(challenge, "/login");
  }

  @Test
  void aHeadOfTheImageIssuesNothing() {
    HttpResponse<String> head = head("/captcha/image");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void anImageOfAMalformedScopeIsAProblem() throws IOException {
    assertProblem(browser.get(node, "/captcha/image?scope=a%20b"), 400);
  }

  @Test
  void healthTellsStoreNodeAndVersionAndBeginsNoSession() throws IOException {
    HttpResponse<String> response = browser.get(node, "/captcha/health");
    JsonNode health = json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(health.fieldNames())
        .toIterable()
        .containsExactly("status", "store", "node", "version");
    assertThat(health.get("status").asText()).isEqualTo("UP");
    assertThat(health.get("store").asText()).isEqualTo("memory");
    assertThat(health.get("node").asText()).isEqualTo("worker-1");
    assertThat(browser.cookies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,    /captcha/challenges, 'POST, OPTIONS'",
    "GET,    /captcha/challenges, 'POST, OPTIONS'",
    "HEAD,   /captcha/challenges, 'POST, OPTIONS'",
    "DELETE, /captcha/x.png,      'GET, HEAD, OPTIONS'",
    "POST,   /captcha/image,      'GET, HEAD, OPTIONS'",
    "post,   /captcha/challenges, 'POST, OPTIONS'",
    "POST,   /captcha/health,     'GET, HEAD, OPTIONS'"
  })
  void aMethodThatIsNotAllowedIsAProblem(String method, String path, String allowed)
      throws IOException {
    HttpResponse<String> response =
        browser.send(browser.request(node, path).method(method, BodyPublishers.noBody()));
    assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
    assertThat(response.statusCode()).isEqualTo(405);
    if (!method.equals("HEAD")) {
      assertProblem(response, 405);
    }
  }

  @Test
  void optionsTellsTheMethods() {
    HttpResponse<String> response =
        browser.send(
            browser.request(node, "/captcha/health").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource({
    "/captcha,                          404",
    "/captcha/,                         404",
    "/captcha/nothing,                  404",
    "/captcha/HEALTH,                   404",
    "/captcha/Image,                    404",
    "/captcha/health/,                  404",
    "/CAPTCHA/health,                   404",
    "/captcha/health;jsessionid=1,      400",
    "/captcha;a=b/health,               400",
    "/captcha/x/../health,              400",
    "/captcha/%2e/health,               400",
    "/captcha//health,                  400",
    "/captcha/he%61lth,                 400",
    "/captcha/health%2f,                400",
    "/captcha/x%2f..%2fhealth,          400",
    "/captcha/health%5c,                400",
    "/captcha/health%00,                400",
    "/../captcha/health,                400",
    "/captcha/x.png;jsessionid=1,       400"
  })
  void aPathThatIsWrittenOtherwiseIsNoRoute(String path, int status) {
    RawAnswer answer = RawAnswer.of(node, "GET " + path + " HTTP/1.1");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).doesNotContain("UP");
  }

  private HttpResponse<String> post(String body, String type) {
    var request = browser.request(node, "/captcha/challenges").POST(BodyPublishers.ofString(body));
    return browser.send(type.isEmpty() ? request : request.header("Content-Type", type));
  }

  private HttpResponse<String> head(String path) {
    return browser.send(browser.request(node, path).method("HEAD", BodyPublishers.noBody()));
  }

  private String answer(JsonNode challenge) {
    return Peek.answer(store, browser.sessionId(), challenge.get("id").asText());
  }

  private void assertPasses(JsonNode challenge, String path) {
    String id = challenge.get("id").asText();
    assertThat(
            browser.post(node, path, "captcha-id", id, "captcha-answer", answer(challenge)).body())
        .startsWith(Application.LET_THROUGH);
  }

  private static void assertProblem(HttpResponse<String> response, int status) throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(type(response)).startsWith("application/problem+json");
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).get("detail").asText()).isNotBlank();
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}
