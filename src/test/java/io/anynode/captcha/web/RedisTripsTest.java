package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RedisMonitor;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a request asks Redis, by Redis' own account. */
class RedisTripsTest {

  private static final String NAMESPACE = "trips-" + UUID.randomUUID();

  private final Settings settings =
      Node.settings(
              "session.store=redis",
              "session.redis.uri=" + RealRedis.single().uri(),
              "session.redis.namespace=" + NAMESPACE,
              "protect.login.path=/login",
              "protect.account.path=/account/*")
          .in("");
  private final RedisMonitor monitor = RedisMonitor.watch(RealRedis.single().uri());
  private final SessionStore store = open();
  private final Node issuer = Node.start(settings, open(), Clock.systemUTC(), this::install);
  private final Node verifier = Node.start(settings, open(), Clock.systemUTC(), this::install);
  private final Browser browser = new Browser();

  private SessionStore open() {
    return SessionStores.open(settings.session(), Path.of("unused"), getClass().getClassLoader());
  }

  private void install(Context context) {
    Application.install(context);
    Application.servlet(
        context,
        "/account/write",
        (request, response) -> request.getSession().setAttribute("user", "someone"));
    Application.servlet(
        context,
        "/account/redirect",
        (request, response) -> response.sendRedirect(request.getSession().getId() + "/welcome"));
    Application.servlet(
        context,
        "/read",
        (request, response) -> response.getWriter().print(request.getSession(false) != null));
  }

  @BeforeEach
  void warmUp() {
    // The secret and the scripts' texts are told once in a server's life.
    Challenge challenge = challenge();
    answered("/account/write", challenge);
    browser.cookies().clear();
  }

  @AfterEach
  void stop() throws IOException {
    issuer.close();
    verifier.close();
    store.close();
    monitor.close();
  }

  @Test
  void aChallengeInANewSessionIsOneTrip() {
    assertThat(trips(() -> issued(browser))).containsExactly("EVALSHA");
  }

  @Test
  void aPictureIsOneTripAndNoWrite() {
    String id = issued(browser);

    assertThat(trips(() -> browser.bytes(verifier, "/captcha/" + id + ".png")))
        .containsExactly("HGET");
  }

  @Test
  void anAnswerIsOneClaimAndOneLoad() {
    Challenge challenge = challenge();

    assertThat(trips(() -> answered("/login", challenge))).containsExactly("HGETALL", "EVALSHA");
  }

  @Test
  void anAnswerAfterWhichTheApplicationWritesIsOneSaveMore() {
    Challenge challenge = challenge();

    assertThat(trips(() -> answered("/account/write", challenge)))
        .containsExactly("HGETALL", "EVALSHA", "EVALSHA");
  }

  @Test
  void aRedirectAfterAnAnswerLooksNothingUpAgain() {
    Challenge challenge = challenge();

    assertThat(trips(() -> answered("/account/redirect", challenge)))
        .containsExactly("HGETALL", "EVALSHA");
  }

  @Test
  void aPageWithoutASessionAsksNothing() {
    assertThat(trips(() -> browser.get(verifier, "/plain"))).isEmpty();
  }

  @Test
  void aPageThatLeavesItsSessionAloneAsksNothing() {
    issued(browser);

    assertThat(trips(() -> browser.get(verifier, "/plain"))).isEmpty();
  }

  @Test
  void aPageThatReadsItsSessionIsOneLoad() {
    issued(browser);

    assertThat(trips(() -> browser.get(verifier, "/read"))).containsExactly("HGETALL");
  }

  private String issued(Browser visitor) {
    try {
      return new ObjectMapper()
          .readTree(visitor.post(issuer, "/captcha/challenges").body())
          .get("id")
          .asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private record Challenge(String id, String answer) {}

  private Challenge challenge() {
    String id = issued(browser);
    return new Challenge(id, Peek.answer(store, browser.sessionId(), id));
  }

  private void answered(String path, Challenge challenge) {
    var response =
        browser.post(
            verifier, path, "captcha-id", challenge.id(), "captcha-answer", challenge.answer());
    assertThat(response.headers().firstValue("Captcha-Verdict")).isEmpty();
    assertThat(response.statusCode()).isLessThan(400);
  }

  private List<String> trips(Runnable request) {
    return monitor.commands(NAMESPACE, request);
  }
}
