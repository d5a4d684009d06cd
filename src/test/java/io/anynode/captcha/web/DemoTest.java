package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.Languages;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The demo on three nodes that share a folder. */
@TestInstance(Lifecycle.PER_CLASS)
class DemoTest {

  private List<Node> nodes;
  private SessionStore store;
  private Browser browser = new Browser();

  @BeforeAll
  void start(@TempDir Path folder) {
    nodes =
        IntStream.rangeClosed(1, 3)
            .mapToObj(number -> Node.startDemo(properties(folder, number)))
            .toList();
    Settings settings = Node.settings(properties(folder, 0));
    store = SessionStores.open(settings.session(), folder, DemoTest.class.getClassLoader());
  }

  private static String[] properties(Path folder, int node) {
    return new String[] {
      "node=worker-" + node,
      "session.store=file",
      "session.file.dir=" + folder,
      "secret=" + Peek.SECRET
    };
  }

  @AfterAll
  void stop() {
    nodes.forEach(Node::close);
    store.close();
  }

  @BeforeEach
  void visit() {
    browser = new Browser();
  }

  @Test
  void aVisitorLogsInThroughThreeNodes() {
    Form form = new Form(browser.get(node(1), "/login.jsp"));
    assertThat(browser.bytes(node(2), form.image()).statusCode()).isEqualTo(200);
    browser.cookie("served-picture", "worker-2"); // as the cluster's workers say
    String before = browser.sessionId();
    HttpResponse<String> login = login(node(3), form.id(), answer(form.id()), "demo", "demo");

    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(login.headers().firstValue("Location")).hasValue("/welcome.jsp");
    assertThat(browser.sessionId()).isNotEqualTo(before);
    assertThat(store.sessions().findById(before)).isNull();
    HttpResponse<String> welcome = browser.get(node(1), "/welcome.jsp");
    assertThat(welcome.body())
        .contains("Welcome, demo")
        .contains("<dd id=\"served-page\">worker-1</dd>")
        .contains("<dd id=\"served-picture\">worker-2</dd>")
        .contains("<dd id=\"served-form\">worker-3</dd>")
        .contains("<dd id=\"verdict\">PASSED</dd>")
        .contains("<dd id=\"store\">file</dd>");
    ValidHtml.check(welcome.body());
  }

  @Test
  void aWrongAnswerShowsThePageAgainWithTheUserName() {
    Form form = new Form(browser.get(node(1), "/login.jsp"));
    HttpResponse<String> again = login(node(2), form.id(), "0", "\"><b>Ren\u00e9e", "secret-word");

    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
    assertThat(again.body())
        .contains("role=\"alert\"")
        .contains(Languages.english().of(Verdict.WRONG))
        .contains("value=\"&quot;&gt;&lt;b&gt;Ren\u00e9e\"")
        .contains("<dd id=\"verdict\">WRONG</dd>")
        .doesNotContain("secret-word");
    ValidHtml.check(again.body());
    Form fresh = new Form(again);
    assertThat(fresh.id()).isNotEqualTo(form.id());
    assertThat(login(node(3), fresh.id(), answer(fresh.id()), "demo", "demo").statusCode())
        .isEqualTo(303);
  }

  @Test
  void aWrongPasswordShowsThePageAgainAndNoSecondCaptcha() {
    Form form = new Form(browser.get(node(1), "/login.jsp"));
    HttpResponse<String> again = login(node(2), form.id(), answer(form.id()), "demo", "x");
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(again.headers().firstValue("Captcha-Verdict")).isEmpty();
    assertThat(again.body()).contains("role=\"alert\"").contains("That user name or password");
    ValidHtml.check(again.body());
    assertThat(again.body()).contains("Thank you, that was right.").doesNotContain("<img");
    assertThat(browser.post(node(3), "/login", "username", "demo", "password", "demo").statusCode())
        .isEqualTo(303);
  }

  @Test
  void aVisitorWithoutCookiesSeesThePageAndMayTryAgain() {
    HttpResponse<String> again = browser.post(node(1), "/login", "username", "demo");
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.headers().firstValue("Captcha-Verdict")).hasValue("MISSING");
    Form form = new Form(again);
    assertThat(login(node(2), form.id(), answer(form.id()), "demo", "demo").statusCode())
        .isEqualTo(303);
  }

  @Test
  void theScriptsWayToAnotherPictureWorks() throws IOException {
    String page = browser.get(node(1), "/login.jsp").body();
    assertThat(page).contains("data-captcha=\"/captcha\"", "src=\"/captcha/widget.js\"");
    HttpResponse<String> issued =
        browser.send(browser.request(node(2), "/captcha/challenges").POST(BodyPublishers.noBody()));
    String id = new ObjectMapper().readTree(issued.body()).get("id").asText();
    assertThat(login(node(3), id, answer(id), "demo", "demo").statusCode()).isEqualTo(303);
  }

  @Test
  void theWelcomePageIsForThoseWhoLoggedIn() {
    HttpResponse<String> response = browser.get(node(1), "/welcome.jsp");
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).hasValue("login.jsp");
    assertThat(response.body()).doesNotContain("Welcome");
  }

  @Test
  void loggingOutEndsTheSession() {
    Form form = new Form(browser.get(node(1), "/login.jsp"));
    login(node(2), form.id(), answer(form.id()), "demo", "demo");
    String session = browser.sessionId();
    assertThat(browser.post(node(3), "/logout").statusCode()).isEqualTo(303);
    assertThat(store.sessions().findById(session)).isNull();
  }

  @Test
  void askingForThePagesHeadPushesNoChallengeOut() {
    Form form = new Form(browser.get(node(1), "/login.jsp"));
    for (int i = 0; i < 9; i++) {
      assertThat(
              browser
                  .send(
                      browser
                          .request(node(2), "/login.jsp")
                          .method("HEAD", BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(200);
    }
    assertThat(login(node(3), form.id(), answer(form.id()), "demo", "demo").statusCode())
        .isEqualTo(303);
  }

  @Test
  void theFrontPageIsTheLoginPage() {
    assertThat(browser.get(node(1), "/").body()).contains("Log in</h1>");
    assertThat(browser.get(node(1), "/login").headers().firstValue("Location"))
        .hasValue("/login.jsp");
  }

  @Test
  void whatThePageNeedsIsThere() {
    assertThat(browser.get(node(1), "/style.css").statusCode()).isEqualTo(200);
    assertThat(browser.get(node(1), "/captcha/widget.js").statusCode()).isEqualTo(200);
    assertThat(browser.get(node(1), "/WEB-INF/captcha.properties").statusCode()).isEqualTo(404);
    assertThat(browser.get(node(1), "/io/anynode/x.class").statusCode()).isEqualTo(403);
  }

  private Node node(int number) {
    return nodes.get(number - 1);
  }

  private String answer(String id) {
    return Peek.answer(store, browser.sessionId(), id);
  }

  private HttpResponse<String> login(
      Node node, String id, String answer, String username, String password) {
    return browser.post(
        node,
        "/login",
        "username",
        username,
        "password",
        password,
        "captcha-id",
        id,
        "captcha-answer",
        answer);
  }

  /** The parts of the login page that a test sends back. */
  private record Form(String id, String image) {

    Form(HttpResponse<String> page) {
      this(
          part(page.body(), "name=\"captcha-id\" type=\"hidden\" value=\"([^\"]+)\""),
          part(
              page.body(),
              "<img id=\"captcha-picture\" class=\"captcha-picture\" src=\"([^\"]+)\""));
    }

    private static String part(String html, String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(html);
      assertThat(matcher.find()).as(html).isTrue();
      return matcher.group(1);
    }
  }
}
