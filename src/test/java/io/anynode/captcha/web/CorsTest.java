package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scripts of other origins a browser lets use the endpoints. */
@TestInstance(Lifecycle.PER_CLASS)
class CorsTest {

  private static final String LISTED = "https://shop.example";

  private final Settings settings =
      Node.settings(
          "cors.origins=" + LISTED + ", http://localhost:3000",
          "siteverify.secret=a secret of the shop");
  private final ControlledStore store =
      new ControlledStore(new SharedMemory().open(settings.session()));
  private final Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node = Node.start(settings, store, Clock.systemUTC(), Application::install);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/captcha/challenges",
        "/captcha/answers",
        "/captcha/image",
        "/captcha/widget.js",
        "/captcha/widget.json",
        "/captcha/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.png"
      })
  void aListedOriginIsAllowedWithCookies(String path) {
    HttpResponse<String> preflight = preflight(path, LISTED);
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertAllowed(preflight, LISTED);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("GET", "POST");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("Content-Type");

    HttpResponse<String> post = from(path, LISTED, "POST");
    assertAllowed(post, LISTED);
    assertThat(post.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("Captcha-Verdict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://shop.example.evil.example",
        "https://shop.example:443",
        "http://shop.example",
        "https://SHOP.example",
        "null",
        "*",
        ""
      })
  void anotherOriginIsNot(String origin) {
    for (HttpResponse<String> response :
        List.of(
            preflight("/captcha/challenges", origin),
            from("/captcha/challenges", origin, "POST"))) {
      assertThat(response.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
      assertThat(response.headers().allValues("Vary")).contains("Origin");
    }
  }

  @Test
  void whatHasNoOriginIsAnsweredAsEverAndCachedApart() {
    HttpResponse<String> response =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().allValues("Vary")).contains("Origin");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/captcha/siteverify", "/captcha/health", "/captcha", "/login", "/plain"})
  void whatIsForServersAndForTheApplicationIsNotShared(String path) {
    assertThat(preflight(path, LISTED).headers().firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
    assertThat(from(path, LISTED, "POST").headers().firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  @Test
  void aFaultIsToldToAListedOriginToo() {
    store.goDown();
    try {
      HttpResponse<String> response = from("/captcha/challenges", LISTED, "POST");
      assertThat(response.statusCode()).isEqualTo(503);
      assertAllowed(response, LISTED);
    } finally {
      store.comeBack();
    }
  }

  private static void assertAllowed(HttpResponse<String> response, String origin) {
    assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly(origin);
    assertThat(response.headers().allValues("Access-Control-Allow-Credentials"))
        .containsExactly("true");
    assertThat(response.headers().allValues("Vary")).contains("Origin");
  }

  private HttpResponse<String> preflight(String path, String origin) {
    return browser.send(
        request(path, origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private HttpResponse<String> from(String path, String origin, String method) {
    return browser.send(request(path, origin).method(method, BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path, String origin) {
    return new Browser().request(node, path).header("Origin", origin);
  }
}
