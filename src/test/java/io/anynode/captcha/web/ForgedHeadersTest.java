package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says gets into no header, no redirect, no log, and no cache. */
@TestInstance(Lifecycle.PER_CLASS)
class ForgedHeadersTest {

  private static final Pattern LOCATION = Pattern.compile("(?m)^Location: (.*?)\r?$");
  private static final String CRLF = "%0d%0aX-Forged:%20yes%0d%0a%0d%0aFORGED";

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings =
      Node.settings(
          "protect.login.path=/login",
          "protect.login.on-failure=redirect:/page?a=1",
          "protect.get.path=/account/*",
          "protect.get.method=*",
          "protect.get.on-failure=forward:/page");
  private final SessionStore store = memory.open(settings.in("/shop").session());
  private Node node;

  @BeforeAll
  void start() {
    node =
        Node.start(
            settings,
            own -> memory.open(own.session()),
            Clock.systemUTC(),
            ForgedHeadersTest::application,
            "/shop");
  }

  private static void application(Context context) {
    Application.install(context);
    Application.servlet(
        context,
        "/public",
        (request, response) -> {
          response.setHeader("Cache-Control", "public, max-age=3600");
          response.getWriter().print(((PageCaptcha) request.getAttribute("captcha")).getImage());
        });
  }

  @AfterAll
  void stop() {
    node.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/login",
        "//shop/login",
        "//evil.example/../shop/login",
        "///evil.example/..;/shop/login",
        "/evil.example/../shop/login",
        "/./shop/login",
        "/shop;//evil.example/login",
        "/shop;a=@evil.example/login",
        "/%73hop/login",
        "/shop/x/../login",
        "/shop/login?return=https://evil.example/&Location=evil.example",
        "/shop/login?captcha-verdict=PASSED" + CRLF,
        "http://evil.example/shop/login",
      })
  void aRedirectGoesWhereItIsSetToAndNowhereElse(String target) {
    RawAnswer answer =
        RawAnswer.of(
            node,
            "POST " + target + " HTTP/1.1",
            "Content-Length: 0",
            "Referer: https://evil.example/",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: gopher",
            "Forwarded: host=evil.example");

    String headers = answer.text().split("\r\n\r\n", 2)[0]; // Tomcat's 404 has the path in its page
    assertThat(headers).doesNotContain("evil.example", "X-Forged");
    Matcher location = LOCATION.matcher(headers);
    if (answer.status() == 303) {
      assertThat(location.find()).isTrue();
      assertThat(location.group(1)).isEqualTo("/shop/page?a=1&captcha-verdict=MISSING");
    } else {
      assertThat(answer.status()).isIn(400, 404);
      assertThat(location.find()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page", "/public", "/captcha/image", "/captcha/x.png", "/captcha/health"})
  void aHostThatARequestNamesIsNotReflected(String path) {
    RawAnswer answer =
        RawAnswer.of(
            node,
            "GET http://evil.example/shop" + path + " HTTP/1.1",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Prefix: /evil.example",
            "X-Original-URL: /evil.example",
            "Forwarded: host=evil.example");

    assertThat(answer.text()).doesNotContain("evil.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /shop/login?captcha-id=" + CRLF + "&captcha-answer=" + CRLF,
        "POST /shop/captcha/challenges?scope=" + CRLF,
        "GET /shop/captcha/image?scope=" + CRLF,
        "GET /shop/captcha/" + CRLF + ".png",
        "GET /shop/captcha/" + CRLF,
        "GET /shop/account/" + CRLF + "?captcha-id=" + CRLF,
        "X" + "FORGED /shop/captcha/image",
      })
  void aLineBreakInARequestBeginsNoHeaderAndNoLineOfTheLog(String start) {
    try (CapturedLog log = CapturedLog.ofAll()) {
      RawAnswer answer =
          RawAnswer.of(
              node,
              start + " HTTP/1.1",
              "Content-Length: 0",
              "Cookie: SESSION=a%0d%0aFORGED; SESSION=DQpGT1JHRUQ=",
              "User-Agent: a\tFORGED",
              "Accept: text/html\tFORGED");

      assertThat(answer.text()).doesNotContainPattern("(?mi)^(X-)?FORGED");
      // Tomcat's own, at its finest, has every byte that it receives.
      assertThat(log.textWithout("org.apache.")).doesNotContainPattern("(?mi)^(X-)?FORGED");
    }
  }

  @Test
  void nothingThatDependsOnTheSessionMayBeKeptByACache() throws IOException {
    Browser browser = new Browser();
    HttpResponse<String> issued =
        browser.send(
            browser.request(node, "/shop/captcha/challenges").POST(BodyPublishers.noBody()));
    String id = new ObjectMapper().readTree(issued.body()).get("id").asText();
    String answer = Peek.answer(store, browser.sessionId(), id);
    String passing = "/shop/account/x?captcha-id=" + id + "&captcha-answer=" + answer;

    List<HttpResponse<String>> all =
        List.of(
            issued,
            browser.get(node, "/shop/captcha/" + id + ".png"),
            browser.get(node, "/shop/captcha/image"),
            browser.get(node, "/shop/captcha/" + "x".repeat(40) + ".png"),
            browser.get(node, "/shop/captcha/health"),
            browser.get(node, "/shop/page"),
            browser.get(node, "/shop/public"),
            browser.post(node, "/shop/login"),
            browser.get(node, "/shop/account/x"),
            browser.get(node, passing));

    assertThat(all.get(9).body()).startsWith(Application.LET_THROUGH);
    assertThat(all)
        .allSatisfy(
            response ->
                assertThat(response.headers().allValues("Cache-Control"))
                    .as(response.uri().getPath())
                    .containsExactly("no-store"));
    assertThat(browser.get(node, "/shop/plain").headers().firstValue("Cache-Control"))
        .as("what does not is the application's own")
        .isEmpty();
  }
}
