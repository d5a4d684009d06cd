package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.tomcat.CaptchaValve;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tomcat's FORM login behind the valve. Everything needs a login, the captcha's picture as well.
 */
class FormLoginTest {

  private static final String[] RIGHT = {"j_username", "ren\u00e9e", "j_password", "right"};

  private final SharedMemory memory = new SharedMemory();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Browser browser = new Browser();
  private @Nullable ControlledStore store;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aVisitorAnswersAndGetsThePageThatWasAskedForAtFirst() {
    Node node = node();
    String id = id(browser.get(node, "/secret"));
    HttpResponse<byte[]> picture = browser.bytes(node, "/captcha/" + id + ".png");
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");

    HttpResponse<String> login = login(node, "/j_security_check", id, answer(id), RIGHT);

    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(login.headers().firstValue("Location")).hasValue("/secret");
    assertThat(browser.get(node, "/secret").body()).isEqualTo("for ren\u00e9e");
  }

  @Test
  void aPictureOfOneNodeIsAnsweredOnAnother() {
    Node a = node();
    Node b = node();
    String id = issued(a);
    browser.get(b, "/secret");
    assertThat(login(b, "/j_security_check", id, answer(id), RIGHT).statusCode()).isEqualTo(303);
    assertThat(browser.get(b, "/secret").body()).isEqualTo("for ren\u00e9e");
  }

  @Test
  void theLoginStaysTheContainersWhereTheCaptchaHasASessionOfItsOwn() {
    String[] scope = {"session.scope=captcha", "session.cookie.name=SESSION"};
    Node a = node(scope);
    Node b = node(scope);
    String id = id(browser.get(a, "/secret"));
    String answer = answer(id);
    browser.get(b, "/secret");
    HttpResponse<String> again = login(b, "/j_security_check", id, "wrong", RIGHT);
    assertThat(again.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
    assertThat(login(b, "/j_security_check", id, answer, RIGHT).statusCode()).isEqualTo(422);

    String next = id(again);
    String right = answer(next);
    assertThat(login(b, "/j_security_check", next, right, RIGHT).statusCode()).isEqualTo(303);
    assertThat(browser.get(b, "/secret").body()).isEqualTo("for ren\u00e9e");
    HttpResponse<String> replay = login(a, "/j_security_check", next, right, RIGHT);
    assertThat(replay.headers().firstValue("Captcha-Verdict")).hasValue("USED");
  }

  @Test
  void aWrongAnswerShowsTheLoginPageAgainAndTheRightOneThenGoesOn() {
    Node node = node();
    String id = id(browser.get(node, "/secret"));
    HttpResponse<String> again = login(node, "/j_security_check", id, "wrong", RIGHT);
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
    assertThat(again.body()).startsWith("login").contains("role=\"alert\"");
    String next = id(again);
    assertThat(login(node, "/j_security_check", next, answer(next), RIGHT).statusCode())
        .isEqualTo(303);
    assertThat(browser.get(node, "/secret").body()).isEqualTo("for ren\u00e9e");
  }

  @Test
  void aWrongPasswordShowsTheErrorPageWithAPictureOfItsOwn() {
    Node node = node();
    String id = id(browser.get(node, "/secret"));
    HttpResponse<String> error =
        login(node, "/j_security_check", id, answer(id), "j_username", "x", "j_password", "x");
    assertThat(error.body()).startsWith("error").doesNotContain("role=\"alert\"");
    String next = id(error);
    assertThat(next).isNotEqualTo(id);
    assertThat(login(node, "/j_security_check", next, answer(next), RIGHT).statusCode())
        .isEqualTo(303);
  }

  @Test
  void anAnswerCountsOnceAlsoOnTwoNodesAtOnce() {
    Node a = node();
    Node b = node();
    String id = issued(a);
    String answer = answer(id);
    List<CompletableFuture<HttpResponse<String>>> logins = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Node node = i % 2 == 0 ? a : b;
      logins.add(
          CompletableFuture.supplyAsync(
              () -> login(node, "/j_security_check", id, answer, "j_username", "x")));
    }
    assertThat(logins.stream().map(CompletableFuture::join))
        .filteredOn(login -> login.headers().firstValue("Captcha-Verdict").isEmpty())
        .hasSize(1);
    assertThat(
            login(b, "/j_security_check", id, answer, RIGHT)
                .headers()
                .firstValue("Captcha-Verdict"))
        .hasValue("USED");
  }

  /** All that Tomcat takes for a login, as the control without the valve shows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/j_security_check",
        "/a/folder/j_security_check",
        "/j_security_check;jsessionid=x",
        "/a;b=c/j_security_check;d",
        "/j%5Fsecurity%5fcheck",
        "/a/%2e%2e/./j_security_check",
        "//j_security_check",
        "/captcha/j_security_check",
      })
  void noPathLeadsRoundTheValve(String path) {
    assertThat(isIn(node(), "POST", path)).isFalse();
    assertThat(
            isIn(
                start(context -> FormApplication.install(context, new FormAuthenticator())),
                "POST",
                path))
        .isTrue();
  }

  /** Tomcat 11.0.27 takes POST alone; 11.0.24 and 10.1.59 take any method. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "post"})
  void noMethodLeadsRoundTheValve(String method) {
    assertThat(isIn(node(), method, "/j_security_check")).isFalse();
  }

  /** Tells whether a login without an answer succeeds; if not, the captcha has refused it. */
  private boolean isIn(Node node, String method, String path) {
    browser.get(node, "/secret");
    HttpResponse<String> login =
        browser.send(
            browser
                .request(node, path + "?j_username=ren%C3%A9e&j_password=right")
                .method(method, BodyPublishers.noBody()));
    boolean in = browser.get(node, "/secret").body().equals("for ren\u00e9e");
    assertThat(login.headers().firstValue("Captcha-Verdict").isPresent()).isNotEqualTo(in);
    return in;
  }

  @Test
  void otherRequestsAreNotGuarded() {
    Node node = node();
    for (String path : List.of("/secret", "/j_security_check/", "/xj_security_check")) {
      HttpResponse<String> response = browser.get(node, path);
      assertThat(response.headers().firstValue("Captcha-Verdict")).isEmpty();
      assertThat(response.body()).startsWith("login");
    }
  }

  @Test
  void aLoginIsUnavailableWhenTheStoreIs() {
    Node node = node();
    String id = id(browser.get(node, "/secret"));
    String answer = answer(id);
    store().goDown();
    HttpResponse<String> login = login(node, "/j_security_check", id, answer, RIGHT);
    assertThat(login.statusCode()).isEqualTo(503);
    assertThat(login.headers().firstValue("Retry-After")).isPresent();
    store().comeBack();
    assertThat(browser.get(node, "/secret").body()).startsWith("login");
  }

  @Test
  void aLoginWhoseSessionCannotBeSavedDoesNotGoOn() {
    Node node = node("protect.login.path=/j_security_check", "protect.login.remember=PT5M");
    String id = id(browser.get(node, "/secret"));
    String answer = answer(id);
    store().refuseSaves();
    assertThat(login(node, "/j_security_check", id, answer, RIGHT).statusCode()).isEqualTo(503);
    store().comeBack();
    assertThat(browser.get(node, "/secret").body()).startsWith("login");
  }

  @Test
  void theLoginPageIsUnavailableWhenTheStoreIs() {
    Node node = node();
    store().goDown();
    assertThat(browser.get(node, "/secret").statusCode()).isEqualTo(503);
  }

  @Test
  void aGuardsSettingsSayTheScopeAndWhatARefusedLoginGets() {
    Node node =
        node(
            "protect.login.path=/j_security_check",
            "protect.login.when-parameter=absent",
            "protect.login.scope=login",
            "protect.login.on-failure=redirect:/login.jsp");
    String id = issued(node);
    HttpResponse<String> refused = login(node, "/j_security_check", id, answer(id), RIGHT);
    assertThat(refused.statusCode()).isEqualTo(303);
    assertThat(refused.headers().firstValue("Location"))
        .hasValue("/login.jsp?captcha-verdict=SCOPE");
  }

  @Test
  void aLoginWithoutALoginPageGetsAStatus() {
    Node node =
        start(
            context -> {
              FormApplication.install(context, new CaptchaValve(), new FormAuthenticator());
              context.setLoginConfig(new LoginConfig("FORM", "realm", null, null));
            });
    HttpResponse<String> refused = browser.post(node, "/j_security_check", RIGHT);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("Please complete the security check.");
  }

  @Test
  void theAuthenticatorsEncodingHoldsForTheGuardToo() {
    FormAuthenticator latin = new FormAuthenticator();
    latin.setCharacterEncoding("ISO-8859-1");
    Node node = start(context -> FormApplication.install(context, new CaptchaValve(), latin));
    String id = id(browser.get(node, "/secret"));
    HttpRequest.Builder login =
        browser
            .request(node, "/j_security_check")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .expectContinue(true)
            .POST(
                BodyPublishers.ofString(
                    "j_username=ren%E9e&j_password=right&captcha-id="
                        + id
                        + "&captcha-answer="
                        + answer(id)));
    assertThat(browser.send(login).statusCode()).isEqualTo(303);
    assertThat(browser.get(node, "/secret").body()).isEqualTo("for ren\u00e9e");
  }

  @Test
  void aValveWithoutACaptchaLetsNobodyIn() {
    List<Context> contexts = new ArrayList<>();
    Node node =
        start(
            context -> {
              FormApplication.install(context, new CaptchaValve(), new FormAuthenticator());
              contexts.add(context);
            });
    contexts.get(0).getServletContext().removeAttribute(FormLogin.GUARD);
    browser.get(node, "/secret");
    assertThat(browser.post(node, "/j_security_check", RIGHT).statusCode()).isEqualTo(503);
    assertThat(browser.get(node, "/secret").body()).startsWith("login");
  }

  @Test
  void aValveBehindTheAuthenticatorKeepsTheApplicationFromStarting() {
    assertThatThrownBy(
            () ->
                start(
                    context ->
                        FormApplication.install(
                            context, new FormAuthenticator(), new CaptchaValve())))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "CaptchaValve must stand before the authenticator: put it first in the <Context>.");
  }

  @Test
  void anApplicationWithFormLoginAndNoValveIsToldSo() {
    try (Logged logged = Logged.by(CaptchaApplication.class)) {
      start(
          context ->
              Pages.add(
                  context,
                  "/WEB-INF/web.xml",
                  """
                  <!DOCTYPE web-app PUBLIC "-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN"
                    "http://127.0.0.1:1/web-app_2_3.dtd">
                  <web-app><login-config>
                    <auth-method> FORM </auth-method>
                  </login-config></web-app>
                  """));
      assertThat(logged.lines()).anyMatch(line -> line.contains("put CaptchaValve into"));
    }
    try (Logged logged = Logged.by(CaptchaApplication.class)) {
      node();
      start(
          context ->
              Pages.add(
                  context,
                  "/WEB-INF/web.xml",
                  "<web-app><login-config><auth-method>BASIC</auth-method></login-config>"
                      + "</web-app>"));
      assertThat(logged.lines()).noneMatch(line -> line.contains("CaptchaValve"));
    }
  }

  private Node node(String... properties) {
    return start(
        context -> FormApplication.install(context, new CaptchaValve(), new FormAuthenticator()),
        properties);
  }

  private Node start(Consumer<Context> application, String... properties) {
    Settings settings = Node.settings(properties);
    store = new ControlledStore(memory.open(settings.session()));
    Node node = Node.start(settings, store, Clock.systemUTC(), application);
    open.add(node);
    return node;
  }

  private ControlledStore store() {
    return Objects.requireNonNull(store);
  }

  private HttpResponse<String> login(
      Node node, String path, String id, String answer, String... namesAndValues) {
    List<String> form = new ArrayList<>(List.of(namesAndValues));
    form.addAll(List.of("captcha-id", id, "captcha-answer", answer));
    return browser.post(node, path, form.toArray(String[]::new));
  }

  private String issued(Node node) {
    HttpResponse<String> challenge =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    return part(challenge.body(), "\"id\":\"([^\"]+)\"");
  }

  private String answer(String id) {
    return Peek.answer(store(), browser.sessionId(), id);
  }

  private static String id(HttpResponse<String> page) {
    return part(page.body(), "name=\"captcha-id\" type=\"hidden\" value=\"([^\"]+)\"");
  }

  private static String part(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
