package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.MovableClock;
import io.anynode.captcha.Remembered;
import io.anynode.captcha.session.AtOnce;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A mistyped password does not ask for a second captcha, and guesses no third password for free.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RememberTest {

  private static final Pattern ID = Pattern.compile("name=\"captcha-id\"[^>]*value=\"([^\"]+)\"");
  private static final int CALLERS = 8;
  private static final int ROUNDS = 30;

  private final SharedMemory memory = new SharedMemory();
  private final MovableClock clock = new MovableClock();
  private final Settings settings =
      Node.settings(
          "rate.issue=off",
          "rate.failure=off",
          "protect.login.path=/password",
          "protect.login.scope=login",
          "protect.login.remember=2m",
          "protect.login.on-failure=forward:/form.jsp",
          "protect.plain.path=/plain-password",
          "protect.plain.scope=plain",
          "protect.plain.remember=2m",
          "protect.plain.when=after-failures:1",
          "protect.plain.failed=status:401",
          "protect.account.path=/account/*");
  private final SessionStore store = memory.open(settings.session());
  private final ControlledStore failing = new ControlledStore(memory.open(settings.session()));
  private Browser browser = new Browser();
  private Node first;
  private Node second;

  @BeforeAll
  void start() {
    first = Node.start(settings, memory.open(settings.session()), clock, RememberTest::application);
    second = Node.start(settings, failing, clock, RememberTest::application);
  }

  /** A login as it should be: it fails with the form again, and changes the id at success. */
  private static void application(Context context) {
    Application.install(context);
    Pages.enable(context);
    Pages.enableTags(context);
    Pages.add(
        context,
        "/form.jsp",
        "<%@ page contentType=\"text/html; charset=UTF-8\" %>"
            + "<%@ taglib prefix=\"captcha\" uri=\"urn:anynode:captcha\" %>"
            + "<form>needed ${captcha.scoped('login').needed}"
            + "<captcha:widget scope='login'/></form>");
    Application.servlet(
        context,
        "/password",
        (request, response) -> {
          if ("right".equals(request.getParameter("password"))) {
            request.changeSessionId();
            response.getWriter().print("welcome");
          } else {
            response.getWriter().print("mistyped");
          }
        });
    plain(context);
  }

  /** A login that keeps the session's id. */
  private static void plain(Context context) {
    Application.servlet(
        context,
        "/plain-password",
        (request, response) ->
            response.setStatus("right".equals(request.getParameter("password")) ? 200 : 401));
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
  void aMistypedPasswordAsksForNoSecondCaptchaOnAnyNode() {
    assertThat(answered("mistyped").body()).isEqualTo("mistyped");

    assertThat(browser.get(second, "/form.jsp").body())
        .contains("needed false")
        .doesNotContain("captcha-answer", ".png");
    assertThat(login(second, "right").body()).isEqualTo("welcome");
  }

  @Test
  void itIsUsedUpBySuccess() {
    answered("mistyped");
    assertThat(login(second, "right").body()).isEqualTo("welcome");

    assertThat(login(first, "right").statusCode()).isEqualTo(422);
    assertThat(browser.get(second, "/form.jsp").body()).contains("needed true", "captcha-answer");
  }

  @Test
  void aSuccessThatIsToldEndsItToo() {
    browser.get(first, "/session");
    assertThat(browser.post(first, "/plain-password", "username", "ada").statusCode())
        .isEqualTo(401);
    browser.bytes(first, "/captcha/image?scope=plain");
    String answer = Peek.answerOfImage(store, browser.sessionId());
    assertThat(
            browser
                .post(first, "/plain-password", "username", "ada", "captcha-answer", answer)
                .statusCode())
        .isEqualTo(401);
    assertThat(marks()).hasSize(1);

    assertThat(
            browser
                .post(second, "/plain-password", "username", "ada", "password", "right")
                .statusCode())
        .isEqualTo(200);
    await().untilAsserted(() -> assertThat(marks()).isEmpty());
  }

  private List<String> marks() {
    return Peek.session(store, browser.sessionId()).getAttributeNames().stream()
        .filter(name -> name.startsWith("captcha.passed."))
        .toList();
  }

  @Test
  void aSuccessAtOnceLeavesNothing() {
    assertThat(answered("right").body()).isEqualTo("welcome");
    assertThat(login(first, "right").statusCode()).isEqualTo(422);
  }

  @Test
  void oneAnswerLetsFiveRequestsThroughAndNoMore() {
    assertThat(answered("1").statusCode()).isEqualTo(200);
    for (int i = 2; i <= Remembered.REQUESTS; i++) {
      assertThat(login(i % 2 == 0 ? first : second, "guess").body()).isEqualTo("mistyped");
    }
    HttpResponse<String> refused = login(first, "right");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.headers().firstValue("Captcha-Verdict")).hasValue("MISSING");
    assertThat(refused.body()).contains("needed true", "captcha-answer");
  }

  @Test
  void itEndsWithItsTimeWhichFurtherRequestsDoNotProlong() {
    answered("mistyped");
    clock.advance(Duration.ofSeconds(70));
    assertThat(login(second, "mistyped").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(51));
    assertThat(browser.get(second, "/form.jsp").body()).contains("needed true");
    assertThat(login(second, "right").statusCode()).isEqualTo(422);
  }

  @Test
  void itCountsForItsFormAndItsSessionOnly() {
    answered("mistyped");
    assertThat(browser.post(first, "/account/x").statusCode()).isEqualTo(422);
    Browser other = new Browser();
    other.get(first, "/session");
    assertThat(other.post(first, "/password", "password", "right").statusCode()).isEqualTo(422);
  }

  @Test
  void aMarkThatIsCopiedIntoAnotherSessionCountsForNothing() {
    answered("mistyped");
    Browser other = new Browser();
    other.get(first, "/session");
    var mine = Peek.session(store, browser.sessionId());
    String mark =
        mine.getAttributeNames().stream()
            .filter(name -> name.startsWith("captcha.passed."))
            .findFirst()
            .orElseThrow();
    Peek.overwrite(store, other.sessionId(), mark, mine.<String>getRequiredAttribute(mark));
    assertThat(other.post(first, "/password", "password", "right").statusCode()).isEqualTo(422);
  }

  @Test
  void ofManyRequestsAtOnceOneGetsThroughAndAllInAllNoMoreThanAnAnswerIsWorth() throws Exception {
    try (AtOnce guesses = new AtOnce()) {
      for (int round = 0; round < ROUNDS; round++) {
        browser = new Browser();
        answered("mistyped");
        Map<String, String> cookies = Map.copyOf(browser.cookies());
        int through = 1;
        for (int burst = 0; burst < Remembered.REQUESTS + 1; burst++) {
          List<@Nullable Integer> statuses =
              guesses
                  .rounds(
                      CALLERS,
                      1,
                      (caller, unused) -> {
                        Browser twin = new Browser();
                        cookies.forEach(twin::cookie);
                        Node node = caller % 2 == 0 ? first : second;
                        return twin.post(node, "/password", "password", "guess").statusCode();
                      })
                  .get(0);
          through += (int) statuses.stream().filter(status -> status == 200).count();
        }
        assertThat(through).isEqualTo(Remembered.REQUESTS);
      }
    }
  }

  @Test
  void aFaultOfTheStoreIsNoPass() {
    answered("mistyped");
    failing.goDown();
    assertThat(login(second, "right").statusCode()).isEqualTo(503);
  }

  @Test
  void guardsOfOneScopeRememberAlike() {
    assertThatThrownBy(
            () ->
                Node.settings(
                    "protect.login.path=/login",
                    "protect.login.remember=2m",
                    "protect.register.path=/register"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("captcha.protect.login.scope");
  }

  private HttpResponse<String> answered(String password) {
    Matcher id = ID.matcher(browser.get(first, "/form.jsp").body());
    assertThat(id.find()).isTrue();
    return browser.post(
        first,
        "/password",
        "captcha-id",
        id.group(1),
        "captcha-answer",
        Peek.answer(store, browser.sessionId(), id.group(1)),
        "password",
        password);
  }

  private HttpResponse<String> login(Node node, String password) {
    return browser.post(node, "/password", "password", password);
  }
}
