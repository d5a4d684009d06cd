package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.web.TwoLimitedNodes.Store;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one client may ask for, over two nodes. */
class LimitsTest {

  private static final String HTML = "text/html,application/xhtml+xml";

  @TempDir Path folder;

  private static void application(Context context) {
    Application.install(context);
    Pages.enable(context);
    Pages.add(context, "/login.jsp", "<%@ page session=\"false\" %>${captcha.image}");
  }

  private TwoLimitedNodes nodes(Store store, String... settings) {
    return new TwoLimitedNodes(store, folder, LimitsTest::application, settings);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void theNodesShareOneLimitOnWhatTheyIssue(Store store) {
    try (TwoLimitedNodes nodes = nodes(store, "rate.issue=6/1m")) {
      assertThat(nodes.shown(12, "192.0.2.1")).isEqualTo(6);
      assertThat(nodes.shown(2, "192.0.2.2")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void theNodesShareOneLimitOnWrongAnswers(Store store) {
    try (TwoLimitedNodes nodes = nodes(store, "rate.failure=4/1m", "protect.login.path=/login")) {
      for (int i = 0; i < 4; i++) {
        assertThat(verdict(wrong(nodes, 0, "192.0.2.1"))).isEqualTo("WRONG");
      }
      // The other node learns of it by the first that it counts.
      wrong(nodes, 1, "192.0.2.1");

      for (int node = 0; node < 2; node++) {
        HttpResponse<String> limited = wrong(nodes, node, "192.0.2.1");
        assertThat(verdict(limited)).isEqualTo("LIMITED");
        assertThat(limited.statusCode()).isEqualTo(429);
      }
      assertThat(verdict(wrong(nodes, 0, "192.0.2.2"))).isEqualTo("WRONG");
    }
  }

  @Test
  void aNetworkHasAWiderLimitThanAnAddress() {
    try (TwoLimitedNodes nodes =
        nodes(Store.MEMORY, "rate.issue=3/1m", "rate.issue.network=8/1m")) {
      assertThat(nodes.shown(5, "192.0.2.1")).isEqualTo(3);
      assertThat(nodes.shown(5, "192.0.2.2")).isEqualTo(3);
      assertThat(nodes.shown(5, "192.0.2.3")).isEqualTo(2);
      assertThat(nodes.shown(5, "192.0.3.1")).isEqualTo(3);

      assertThat(nodes.shown(5, "2001:db8::1")).isEqualTo(3);
      assertThat(nodes.shown(5, "2001:db8::2")).isEqualTo(3);
      assertThat(nodes.shown(5, "[2001:db8::1:0:0:3]:77")).isEqualTo(2);
      assertThat(nodes.shown(5, "2001:db8:0:1::1")).isEqualTo(3);
    }
  }

  @Test
  void whatIsRefusedBeginsNoSessionAndSaysWhenToComeAgain() throws Exception {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "rate.issue=1/1m")) {
      nodes.image(0, "192.0.2.1");

      HttpResponse<String> image = nodes.image(0, "192.0.2.1");

      assertThat(image.statusCode()).isEqualTo(429);
      assertThat(image.headers().allValues("Set-Cookie")).isEmpty();
      assertThat(seconds(image)).isBetween(50L, 60L);
      assertThat(image.headers().firstValue("RateLimit-Policy")).hasValue("\"issue\";q=1;w=60");
      assertThat(image.headers().firstValue("RateLimit"))
          .hasValue("\"issue\";r=0;t=" + seconds(image));
      assertThat(image.headers().firstValue("Cache-Control")).hasValue("no-store");
      JsonNode problem = new ObjectMapper().readTree(image.body());
      assertThat(problem.get("status").asInt()).isEqualTo(429);
      assertThat(problem.get("verdict").asText()).isEqualTo("LIMITED");
    }
  }

  @Test
  void aScriptGetsProblemDetailsAndAPageGivesWayToOneThatCanBeRead() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "rate.issue=1/1m")) {
      assertThat(nodes.get(new Browser(), 0, "/login.jsp", "192.0.2.1").statusCode())
          .isEqualTo(200);

      Browser browser = new Browser();
      HttpResponse<String> script =
          browser.send(
              browser
                  .request(nodes.node(1), "/captcha/challenges")
                  .header("X-Forwarded-For", "192.0.2.1")
                  .POST(BodyPublishers.noBody()));
      HttpResponse<String> page =
          browser.send(
              browser
                  .request(nodes.node(1), "/login.jsp")
                  .header("X-Forwarded-For", "192.0.2.1")
                  .header("Accept", HTML)
                  .GET());

      assertThat(script.statusCode()).isEqualTo(429);
      assertThat(script.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(page.statusCode()).isEqualTo(429);
      assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
      assertThat(page.body()).contains("too many attempts").doesNotContain("captcha/");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(browser.cookies()).isEmpty();
    }
  }

  @Test
  void aGuardForwardsOrRedirectsTheLimitedAsOthers() {
    try (TwoLimitedNodes nodes =
        nodes(
            Store.MEMORY,
            "rate.failure=1/1m",
            "protect.login.path=/login",
            "protect.login.on-failure=forward:/page",
            "protect.account.path=/account/*",
            "protect.account.on-failure=redirect:/page")) {
      wrong(nodes, 0, "192.0.2.1");

      HttpResponse<String> forwarded = post(nodes, 0, "/login", "192.0.2.1", "x");
      HttpResponse<String> redirected = post(nodes, 0, "/account/1", "192.0.2.1", "x");

      assertThat(forwarded.statusCode()).isEqualTo(429);
      assertThat(forwarded.body()).endsWith("LIMITED");
      assertThat(seconds(forwarded)).isPositive();
      assertThat(redirected.headers().firstValue("Location"))
          .hasValue("/page?captcha-verdict=LIMITED");
    }
  }

  @Test
  void aFormWithoutAnAnswerIsNoFailure() {
    try (TwoLimitedNodes nodes =
        nodes(Store.MEMORY, "rate.failure=1/1m", "protect.login.path=/login")) {
      for (int i = 0; i < 3; i++) {
        assertThat(verdict(post(nodes, 0, "/login", "192.0.2.1", ""))).isEqualTo("MISSING");
      }
    }
  }

  @Test
  void whileTheStoreIsDownALimitNeverTurnsIntoAPass() {
    try (TwoLimitedNodes nodes =
        nodes(Store.MEMORY, "rate.issue=3/1m", "rate.failure=3/1m", "protect.login.path=/login")) {
      nodes.stores.get(0).goDown();

      assertThat(nodes.image(0, "192.0.2.1").statusCode()).isEqualTo(503);
      Browser browser = new Browser();
      browser.cookie("SESSION", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1");
      HttpResponse<String> answer =
          browser.post(
              nodes.node(0), "/login", "captcha-id", "A".repeat(40), "captcha-answer", "x");
      assertThat(answer.statusCode()).isNotEqualTo(200);
      assertThat(answer.body()).doesNotContain(Application.LET_THROUGH);
    }
  }

  /** Fifty people, five pictures and four mistakes each, within a minute, from one address. */
  @Test
  void aSchoolBehindOneAddressIsNotLockedOutByDefault() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "protect.login.path=/login")) {
      for (int pupil = 0; pupil < 50; pupil++) {
        Browser browser = new Browser();
        for (int attempt = 0; attempt < 5; attempt++) {
          int node = pupil + attempt;
          assertThat(nodes.get(browser, node, "/captcha/image", "192.0.2.1").statusCode())
              .isEqualTo(200);
          String right = Peek.answerOfImage(nodes.store, browser.sessionId());
          HttpResponse<String> answered =
              browser.send(
                  form(browser, nodes, node + 1, "/login", "192.0.2.1", attempt < 4 ? "x" : right));
          assertThat(verdict(answered)).isEqualTo(attempt < 4 ? "WRONG" : "");
        }
      }
    }
  }

  private static HttpResponse<String> wrong(TwoLimitedNodes nodes, int node, String client) {
    Browser browser = new Browser();
    nodes.get(browser, node, "/captcha/image", client);
    return browser.send(form(browser, nodes, node, "/login", client, "wrong"));
  }

  private static HttpResponse<String> post(
      TwoLimitedNodes nodes, int node, String path, String client, String answer) {
    Browser browser = new Browser();
    return browser.send(form(browser, nodes, node, path, client, answer));
  }

  private static HttpRequest.Builder form(
      Browser browser, TwoLimitedNodes nodes, int node, String path, String client, String answer) {
    return browser
        .request(nodes.node(node), path)
        .header("X-Forwarded-For", client)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("captcha-answer=" + answer));
  }

  private static String verdict(HttpResponse<String> response) {
    return response.headers().firstValue("Captcha-Verdict").orElse("");
  }

  private static long seconds(HttpResponse<String> response) {
    return response.headers().firstValueAsLong("Retry-After").orElse(0);
  }
}
