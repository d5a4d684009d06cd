package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may bring under the session cookie's name. */
@TestInstance(Lifecycle.PER_CLASS)
class SessionCookieTest {

  private final Settings settings =
      Node.settings("protect.login.path=/login", "session.cookie.path=/");
  private final ControlledStore store =
      new ControlledStore(new SharedMemory().open(settings.session()));
  private final SessionIds ids = SessionIds.of(settings.session().cookie());
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

  @BeforeEach
  void forget() {
    store.forgetCalls();
  }

  @Test
  void aNewSessionsCookieIsAsItIsSet() {
    String cookie =
        new Browser().get(node, "/session").headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("SESSION=").contains("; Path=/;", "HttpOnly", "SameSite=Lax");
  }

  @Test
  void aForeignIdIsReplacedByANewOne() {
    String foreign = ids.generate();
    RawAnswer answer = get("/session", "SESSION=" + encoded(foreign));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("Set-Cookie: SESSION=").doesNotContain(foreign);
  }

  @Test
  void aForeignIdIsRefusedByAGuard() {
    RawAnswer answer =
        RawAnswer.of(
            node,
            "POST /login HTTP/1.1",
            "Content-Length: 0",
            "Cookie: SESSION=" + encoded(ids.generate()));
    assertThat(answer.text()).contains("Captcha-Verdict: MISSING");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000",
        "e5d1a1c2-0000-4000-8000-000000000000",
        "0123456789abcdefghijklmnopqrstuv0123",
        "../../etc/passwd",
        "' OR 1=1 --",
        "\u00e9"
      })
  void aMalformedIdNeverReachesTheStore(String id) {
    assertThat(get("/session", "SESSION=" + encoded(id)).status()).isEqualTo(200);
    assertThat(store.lookups()).isZero();
  }

  @Test
  void anIdWithSomethingBesideNeverReachesTheStore() {
    String id = ids.generate();
    for (String odd : List.of(id + '\0', id + '\n', ' ' + id, id.toUpperCase(Locale.ROOT))) {
      assertThat(get("/session", "SESSION=" + encoded(odd)).status()).isEqualTo(200);
    }
    assertThat(store.lookups()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SESSION=*", "SESSION=%00", "SESSION", "SESSION=\u0000", "SESSION=a=b;;"})
  void aValueThatIsNoBase64NeverReachesTheStore(String cookie) {
    assertThat(get("/session", cookie).status()).isIn(200, 400);
    assertThat(store.lookups()).isZero();
  }

  @Test
  void ofTwoHundredCookiesTwoAreLookedUp() {
    String cookies =
        IntStream.range(0, 200)
            .mapToObj(i -> "SESSION=" + encoded(ids.generate()))
            .collect(Collectors.joining("; "));
    assertThat(get("/session", cookies).status()).isEqualTo(200);
    assertThat(store.lookups()).as("each before the page and when it is saved").isEqualTo(4);
  }

  @Test
  void oneIdTwiceIsLookedUpOnce() {
    String cookie = "SESSION=" + encoded(ids.generate());
    get("/session", cookie + "; " + cookie);
    assertThat(store.lookups()).as("before the page and when it is saved").isEqualTo(2);
  }

  @Test
  void aSessionIsFoundBehindAMalformedOne() {
    browser.get(node, "/session");
    RawAnswer answer =
        get(
            "/session",
            "SESSION=" + encoded("\u0000") + "; SESSION=" + encoded(browser.sessionId()));
    assertThat(answer.text()).endsWith(browser.sessionId()).doesNotContain("Set-Cookie");
  }

  private RawAnswer get(String path, String cookies) {
    return RawAnswer.of(node, "GET " + path + " HTTP/1.1", "Cookie: " + cookies);
  }

  private static String encoded(String id) {
    return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }
}
