package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.ServletException;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor sees while the store is down: never a pass, and never a riddle. */
@TestInstance(Lifecycle.PER_CLASS)
class StoreFaultTest {

  private final Settings settings =
      Node.settings("protect.login.path=/login", "protect.login.on-failure=forward:/page");
  private final ControlledStore store =
      new ControlledStore(new SharedMemory().open(settings.session()));
  private Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node = Node.start(settings, store, Clock.systemUTC(), StoreFaultTest::application);
  }

  private static void application(Context context) {
    Application.install(context);
    Application.servlet(
        context,
        "/wrapping",
        (request, response) -> {
          response.setHeader("X-Of-The-Page", "true");
          response.getWriter().print("half a page");
          try {
            request.getSession();
          } catch (RuntimeException e) {
            throw new ServletException("A page failed", new IllegalStateException(e));
          }
        });
    Application.servlet(
        context,
        "/saving",
        (request, response) -> {
          request.getSession().setAttribute("a", "b");
          response.getWriter().print("half a page");
        });
    Application.servlet(
        context,
        "/flushing",
        (request, response) -> {
          request.getSession().setAttribute("a", "b");
          response.flushBuffer();
        });
    Application.servlet(
        context,
        "/late",
        (request, response) -> {
          response.getWriter().print("half a page");
          response.flushBuffer();
          request.getSession().setAttribute("a", "b");
        });
    Application.servlet(
        context,
        "/forwarding",
        (request, response) -> request.getRequestDispatcher("/session").forward(request, response));
    Application.servlet(
        context,
        "/fault",
        (request, response) -> {
          throw new IOException("an application's own fault");
        });
    Application.servlet(
        context, "/async", (request, response) -> request.startAsync().dispatch("/session"));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @BeforeEach
  void visit() {
    store.comeBack();
    browser = new Browser();
    browser.get(node, "/session");
  }

  @Test
  void aPageThatNeedsNoSessionIsServed() {
    store.goDown();
    HttpResponse<String> response = browser.get(node, "/plain");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/session",
        "/page",
        "/wrapping",
        "/saving",
        "/flushing",
        "/forwarding",
        "/async",
        "/captcha/image"
      })
  void aPageThatNeedsItsSessionIsUnavailable(String path) {
    store.goDown();
    assertUnavailable(browser.get(node, path));
  }

  @Test
  void aPictureOfAChallengeIsUnavailable() {
    String image = browser.get(node, "/page").body().split(" ", -1)[1];
    store.goDown();
    assertUnavailable(browser.get(node, image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/session", "/page", "/saving", "/flushing", "/forwarding", "/async"})
  void aSessionThatCannotBeSavedIsUnavailable(String path) {
    store.refuseSaves();
    assertUnavailable(browser.get(node, path));
    assertUnavailable(new Browser().get(node, path));
  }

  @Test
  void nothingOfTheFailedPageIsLeft() {
    store.refuseSaves();
    HttpResponse<String> response = browser.get(node, "/wrapping");
    assertThat(response.headers().firstValue("X-Of-The-Page")).isEmpty();
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(response.body())
        .startsWith("<!DOCTYPE html>")
        .doesNotContain("half a page")
        .doesNotContain("secret-of-the-client-library");
  }

  @Test
  void aChallengeCannotBeIssued() throws IOException {
    store.refuseSaves();
    HttpResponse<String> response =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    assertUnavailable(response);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertThat(problem.get("status").asInt()).isEqualTo(503);
    assertThat(problem.get("verdict").asText()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void aGuardedFormNeverPassesAndTheChallengeIsNotLost() throws IOException {
    HttpResponse<String> issued =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    String id = new ObjectMapper().readTree(issued.body()).get("id").asText();
    String answer = Peek.answer(store, browser.sessionId(), id);

    store.goDown();
    HttpResponse<String> response =
        browser.post(node, "/login", "captcha-id", id, "captcha-answer", answer);
    assertUnavailable(response);

    store.comeBack();
    assertThat(browser.post(node, "/login", "captcha-id", id, "captcha-answer", answer).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void aProgramGetsProblemDetails() throws IOException {
    store.goDown();
    HttpResponse<String> response =
        browser.send(browser.request(node, "/session").header("Accept", "application/json"));
    assertUnavailable(response);
    assertThat(new ObjectMapper().readTree(response.body()).get("status").asInt()).isEqualTo(503);
  }

  @Test
  void healthIsDownAndTellsNoSecret() throws IOException {
    store.goDown();
    HttpResponse<String> response = browser.get(node, "/captcha/health");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new ObjectMapper().readTree(response.body()).get("status").asText())
        .isEqualTo("DOWN");
    assertThat(response.body()).doesNotContain("secret-of-the-client-library");
    store.comeBack();
    assertThat(browser.get(node, "/captcha/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aResponseThatHasLeftStaysAsItIs() {
    store.refuseSaves();
    HttpResponse<String> response = browser.get(node, "/late");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("half a page");
  }

  @Test
  void aFaultOfTheApplicationsStaysItsOwn() {
    assertThat(browser.get(node, "/fault").statusCode()).isEqualTo(500);
  }

  private static void assertUnavailable(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().allValues("Retry-After")).containsExactly("2");
    assertThat(response.headers().allValues("Captcha-Verdict")).containsExactly("UNAVAILABLE");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.body()).doesNotContain(Application.LET_THROUGH);
  }
}
