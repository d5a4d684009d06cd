package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.Languages;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guard takes, what it refuses, and how. */
@TestInstance(Lifecycle.PER_CLASS)
class GuardedFormTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings =
      Node.settings(
          "protect.login.path=/login",
          "protect.login.on-failure=forward:/page",
          "protect.account.path=/account/*",
          "protect.account.method=*",
          "protect.account.on-failure=redirect:/page?a=1#form",
          "protect.close.path=/account/close",
          "protect.close.on-failure=status:403",
          "protect.away.path=/away",
          "protect.away.on-failure=redirect:https://login.example/form",
          "protect.many.path=/many",
          "protect.many.when-parameter=action=register");
  private final SessionStore store = memory.open(settings.session());
  private Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node =
        Node.start(
            settings,
            memory.open(settings.session()),
            Clock.systemUTC(),
            GuardedFormTest::application);
  }

  private static void application(Context context) {
    Application.install(context);
    Application.servlet(
        context, "/many", (request, response) -> response.getWriter().print("let through"));
    Application.filter(
        context,
        (request, response, chain) -> {
          request.setCharacterEncoding("UTF-8");
          chain.doFilter(request, response);
        });
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
  void aForwardShowsThePageAgainWithAFreshChallenge() throws IOException {
    String id = issue();
    HttpResponse<String> response = answer("/login", id, "wrong");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(verdict(response)).isEqualTo("WRONG");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    String[] page = response.body().split(" ", -1);
    assertThat(page[0]).isNotEqualTo(id);
    assertThat(page[2]).isEqualTo("WRONG");
    assertThat(browser.bytes(node, page[1]).statusCode()).isEqualTo(200);
    assertThat(answer("/login", page[0], rightAnswer(page[0])).body()).startsWith("let through");
  }

  @Test
  void aForwardedPageBeginsASessionWithItsCookie() {
    HttpResponse<String> response = browser.post(node, "/login");
    String[] page = response.body().split(" ", -1);
    assertThat(verdict(response)).isEqualTo("MISSING");
    assertThat(answer("/login", page[0], rightAnswer(page[0])).body()).startsWith("let through");
  }

  @Test
  void aRedirectSaysTheVerdictInItsQuery() throws IOException {
    HttpResponse<String> response = answer("/account/x", issue(), "wrong");
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location"))
        .hasValue("/page?a=1&captcha-verdict=WRONG#form");
    assertThat(verdict(response)).isEqualTo("WRONG");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void aRedirectMayLeadToAnotherHost() {
    assertThat(browser.post(node, "/away").headers().firstValue("Location"))
        .hasValue("https://login.example/form?captcha-verdict=MISSING");
  }

  @Test
  void aStatusHasAPageForPeople() throws IOException {
    HttpResponse<String> response =
        browser.send(
            browser
                .request(node, "/account/close")
                .header("Accept", "text/html,application/xhtml+xml,application/json;q=0.1,*/*")
                .POST(BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(verdict(response)).isEqualTo("MISSING");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(response.body())
        .startsWith("<!DOCTYPE html>")
        .contains(Languages.english().of(Verdict.MISSING));
  }

  @Test
  void thePageForPeopleIsInTheirLanguage() {
    HttpResponse<String> response =
        browser.send(
            browser
                .request(node, "/account/close")
                .header("Accept", "text/html")
                .header("Accept-Language", "ar,en;q=0.5")
                .POST(BodyPublishers.noBody()));
    assertThat(response.headers().firstValue("Content-Language")).hasValue("ar");
    assertThat(response.body()).contains("<html lang=\"ar\" dir=\"rtl\">").contains("غير مقبول");
    ValidHtml.check(response.body());
  }

  @Test
  void aStatusHasProblemDetailsForPrograms() throws IOException {
    HttpResponse<String> response =
        browser.send(
            browser
                .request(node, "/account/close")
                .header("Accept", "application/json")
                .POST(BodyPublishers.noBody()));
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(problem.get("status").asInt()).isEqualTo(403);
    assertThat(problem.get("verdict").asText()).isEqualTo("MISSING");
  }

  @Test
  void theMoreExactGuardCounts() {
    assertThat(browser.post(node, "/account/close").statusCode()).isEqualTo(403);
    assertThat(browser.post(node, "/account/closed").statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post", "NOVEL"})
  void aGuardOfAllMethodsKnowsNoOther(String method) {
    HttpResponse<String> response =
        browser.send(browser.request(node, "/account/x").method(method, BodyPublishers.noBody()));
    assertThat(verdict(response)).isEqualTo("MISSING");
  }

  @Test
  void aGuardOfPostTakesItInAnyCaseAndLetsOthersBe() {
    for (String method : new String[] {"POST", "post", "Post"}) {
      HttpResponse<String> response =
          browser.send(browser.request(node, "/login").method(method, BodyPublishers.noBody()));
      assertThat(verdict(response)).as(method).isEqualTo("MISSING");
    }
    assertThat(browser.get(node, "/login").body()).startsWith("let through");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login/",
        "/login;jsessionid=1",
        "/login;a=b;c",
        "/log%69n",
        "/x/../login",
        "/./login",
        "//login",
        "/%6c%6f%67%69%6e",
        "/login?captcha-id=1",
        "/account;x/x",
        "/account//x",
        "/account",
        "/account/",
        "/account/x;y=/../"
      })
  void aPathWrittenOtherwiseIsGuardedAllTheSame(String path) {
    RawAnswer answer = RawAnswer.of(node, "POST " + path + " HTTP/1.1", "Content-Length: 0");
    assertThat(answer.text()).contains("Captcha-Verdict: MISSING").doesNotContain("let through");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/LOGIN",
        "/login%2f",
        "/login%00",
        "/login%5c",
        "/login%252f",
        "/../login",
        "/x/%2e%2e%2flogin"
      })
  void aPathThatIsNotTheGuardedOneReachesNothing(String path) {
    RawAnswer answer = RawAnswer.of(node, "POST " + path + " HTTP/1.1", "Content-Length: 0");
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("let through");
  }

  @Test
  void aParameterMayDecide() {
    assertThat(browser.post(node, "/many", "action", "search").body()).isEqualTo("let through");
    assertThat(verdict(browser.post(node, "/many", "action", "register"))).isEqualTo("MISSING");
    assertThat(verdict(browser.post(node, "/many", "action", "search", "action", "register")))
        .isEqualTo("MISSING");
    assertThat(verdict(browser.post(node, "/many?action=register"))).isEqualTo("MISSING");
  }

  @Test
  void whatIsMissingIsMissing() throws IOException {
    assertThat(verdict(browser.post(node, "/login"))).isEqualTo("MISSING");
    assertThat(verdict(browser.post(node, "/login", "captcha-answer", "x"))).isEqualTo("MISSING");
    assertThat(verdict(browser.post(node, "/login", "captcha-id", issue()))).isEqualTo("MISSING");
    assertThat(verdict(answer("/login", issue(), ""))).isEqualTo("MISSING");
    assertThat(verdict(answer("/login", issue(), " \t"))).isEqualTo("MISSING");
    assertThat(verdict(answer("/login", "", "x"))).isEqualTo("MISSING");
    assertThat(verdict(answer("/login", "x", "x"))).isEqualTo("MISSING");
    assertThat(verdict(answer("/login", "\u0000", "x"))).isEqualTo("MISSING");
  }

  @Test
  void anEmptyIdIsNotTheNewestImage() {
    browser.bytes(node, "/captcha/image");
    String answer = Peek.answerOfImage(store, browser.sessionId());
    assertThat(verdict(answer("/login", "", answer))).isEqualTo("MISSING");
    assertThat(browser.post(node, "/login", "captcha-answer", answer).body())
        .startsWith("let through");
  }

  @Test
  void anIdGivenTwiceIsMissingAndLosesNothing() throws IOException {
    String id = issue();
    String answer = rightAnswer(id);
    HttpResponse<String> twice =
        browser.post(node, "/login", "captcha-id", id, "captcha-id", id, "captcha-answer", answer);
    assertThat(verdict(twice)).isEqualTo("MISSING");
    assertThat(verdict(browser.post(node, "/login?captcha-id=" + id, "captcha-id", id)))
        .isEqualTo("MISSING");
    assertThat(answer("/login", id, answer).body()).startsWith("let through");
  }

  @Test
  void anAnswerGivenTwiceIsMissing() throws IOException {
    String id = issue();
    String answer = rightAnswer(id);
    HttpResponse<String> twice =
        browser.post(
            node, "/login", "captcha-id", id, "captcha-answer", answer, "captcha-answer", "x");
    assertThat(verdict(twice)).isEqualTo("MISSING");
  }

  @Test
  void aMegabyteIsRefusedAndCostsNoOtherChallenge() throws IOException {
    String megabyte = "7".repeat(1 << 20);
    String other = issue();
    assertThat(verdict(answer("/login", issue(), megabyte))).isEqualTo("WRONG");
    assertThat(verdict(answer("/login", issue(), " ".repeat(1 << 20)))).isEqualTo("MISSING");
    assertThat(verdict(answer("/login", megabyte, rightAnswer(other)))).isEqualTo("MISSING");
    assertThat(answer("/login", other, rightAnswer(other)).body()).startsWith("let through");
  }

  @Test
  void aFormThatTheContainerRefusesToReadIsRefused() throws IOException {
    String id = issue();
    String right = "captcha-id=" + id + "&captcha-answer=" + rightAnswer(id);
    assertNeverThrough(post(right + "&username=" + "x".repeat(3 << 20), FORM));
    assertNeverThrough(post("username=%zz&" + right, FORM));
    assertNeverThrough(post("username=%ff%fe&" + right + "&%", FORM));
    assertNeverThrough(post("{\"captcha-id\":\"" + id + "\"}", "application/json"));
    assertNeverThrough(
        post(
            "--b\r\nContent-Disposition: form-data; name=\"captcha-id\"\r\n\r\n" + id + "\r\n--b--",
            "multipart/form-data; boundary=b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "application/octet-stream", ""})
  void aBodyOfAnotherTypeIsMissingAndLosesNothing(String type) throws IOException {
    String id = issue();
    String answer = rightAnswer(id);
    for (String body :
        new String[] {
          "captcha-id=" + id + "&captcha-answer=" + answer,
          "{\"captcha-id\":\"" + id + "\",\"captcha-answer\":\"" + answer + "\"}"
        }) {
      HttpResponse<String> response = post(body, type);
      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(verdict(response)).isEqualTo("MISSING");
      assertThat(response.body()).doesNotContain("let through");
    }
    assertThat(answer("/login", id, answer).body()).startsWith("let through");
  }

  @ParameterizedTest
  @CsvSource({"'',UTF-8", "; charset=UTF-8,UTF-8", "; charset=ISO-8859-1,ISO-8859-1"})
  void whatElseTheFormSaysReachesTheApplicationIntact(String parameter, String encoding)
      throws IOException {
    String id = issue();
    String username = URLEncoder.encode("ren\u00e9e", encoding);
    HttpResponse<String> response =
        post(
            "username=" + username + "&captcha-id=" + id + "&captcha-answer=" + rightAnswer(id),
            FORM + parameter);
    assertThat(response.body()).isEqualTo("let through ren\u00e9e");
  }

  private String issue() throws IOException {
    HttpResponse<String> issued =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    return new ObjectMapper().readTree(issued.body()).get("id").asText();
  }

  private String rightAnswer(String id) {
    return Peek.answer(store, browser.sessionId(), id);
  }

  private HttpResponse<String> answer(String path, String id, String answer) {
    return browser.post(node, path, "captcha-id", id, "captcha-answer", answer);
  }

  private HttpResponse<String> post(String body, String type) {
    var request = browser.request(node, "/login").POST(BodyPublishers.ofString(body));
    return browser.send(type.isEmpty() ? request : request.header("Content-Type", type));
  }

  private static void assertNeverThrough(HttpResponse<String> response) {
    assertThat(response.statusCode()).isBetween(400, 499);
    assertThat(response.body()).doesNotContain("let through");
  }

  private static String verdict(HttpResponse<?> response) {
    return response.headers().firstValue("Captcha-Verdict").orElse("none");
  }
}
