package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RedisConsole;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

/** Requests on two nodes that overlap in one session, over real stores. */
class HeldRequestTest {

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch loggedIn = new CountDownLatch(1);

  @Test
  void onRedisARequestThatALoginOvertookIsAnsweredAndTheOldCookieIsNobody() throws Exception {
    assertOldCookieIsNobody(Node.settings(redis(namespace())));
  }

  @Test
  void onPostgresqlARequestThatALoginOvertookIsAnsweredAndTheOldCookieIsNobody() throws Exception {
    assertOldCookieIsNobody(
        Node.settings("session.store=jdbc", "session.jdbc.url=" + RealPostgres.url()));
  }

  @Test
  void anAttributeThatCannotBeReadCostsItsVisitorANewSessionAndOthersNothing() throws IOException {
    String namespace = namespace();
    Settings settings = Node.settings(redis(namespace));
    try (Node node = node(settings)) {
      Browser hurt = new Browser();
      Browser other = new Browser();
      hurt.get(node, "/login");
      other.get(node, "/login");
      String before = hurt.sessionId();
      String others = other.sessionId();
      damage(namespace + ":sessions:" + before, "user");

      HttpResponse<String> response = hurt.get(node, "/session");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(hurt.sessionId()).isNotEqualTo(before).isEqualTo(response.body());
      assertThat(hurt.get(node, "/whoami").body()).isEqualTo("null");
      assertThat(other.get(node, "/whoami").body()).isEqualTo("demo");
      assertThat(other.sessionId()).isEqualTo(others);
    }
  }

  private void assertOldCookieIsNobody(Settings settings) throws Exception {
    try (Node a = node(settings);
        Node b = node(settings)) {
      Browser visitor = new Browser();
      visitor.get(a, "/session");
      String oldCookie = cookieOf(visitor);
      Browser sameVisitor = with(oldCookie);

      CompletableFuture<HttpResponse<String>> overtaken =
          CompletableFuture.supplyAsync(() -> sameVisitor.get(a, "/held"));
      assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(visitor.get(b, "/login").statusCode()).isEqualTo(200);
      loggedIn.countDown();

      assertThat(overtaken.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(cookieOf(visitor)).isNotEqualTo(oldCookie);
      for (Node node : new Node[] {a, b}) {
        assertThat(with(oldCookie).get(node, "/whoami").body()).isEqualTo("null");
        assertThat(with(cookieOf(sameVisitor)).get(node, "/whoami").body()).isEqualTo("null");
        assertThat(with(cookieOf(visitor)).get(node, "/whoami").body()).isEqualTo("demo");
      }
    }
  }

  private Node node(Settings settings) {
    return Node.start(
        settings,
        SessionStores.open(
            settings.session(), Path.of("not-to-be-used"), getClass().getClassLoader()),
        Clock.systemUTC(),
        this::application);
  }

  private void application(Context context) {
    Application.servlet(
        context,
        "/session",
        (request, response) -> response.getWriter().print(request.getSession().getId()));
    Application.servlet(
        context,
        "/held",
        (request, response) -> {
          request.getSession().setAttribute("cart", "full");
          held.countDown();
          try {
            response.setStatus(loggedIn.await(30, TimeUnit.SECONDS) ? 200 : 504);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Application.servlet(
        context,
        "/login",
        (request, response) -> {
          request.getSession().setAttribute("user", "demo");
          response.getWriter().print(request.changeSessionId());
        });
    Application.servlet(
        context,
        "/whoami",
        (request, response) -> {
          var session = request.getSession(false);
          response.getWriter().print(session == null ? null : session.getAttribute("user"));
        });
  }

  private static Browser with(String cookie) {
    Browser browser = new Browser();
    browser.cookie("SESSION", cookie);
    return browser;
  }

  private static String cookieOf(Browser browser) {
    return Map.copyOf(browser.cookies()).getOrDefault("SESSION", "none");
  }

  private static String namespace() {
    return "captcha-test-" + UUID.randomUUID();
  }

  private static String[] redis(String namespace) {
    return new String[] {
      "session.store=redis",
      "session.redis.uri=" + RealRedis.singleUri(),
      "session.redis.namespace=" + namespace
    };
  }

  /** Writes over an attribute what no node can read. */
  private static void damage(String key, String attribute) throws IOException {
    try (RedisConsole console = RedisConsole.open(RealRedis.singleUri())) {
      String added =
          console.ask("HSET " + key + " sessionAttr:" + attribute + " \"\\xac\\xed\\x00\"");
      assertThat(added).as("written over").isEqualTo("0");
    }
  }
}
