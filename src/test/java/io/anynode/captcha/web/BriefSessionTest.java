package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.web.TwoLimitedNodes.Store;
import jakarta.servlet.http.HttpSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A session that holds nothing but a challenge lives as long as the challenge. */
class BriefSessionTest {

  private static final Duration BRIEF = Duration.ofMinutes(5).plusSeconds(61);
  private static final Duration USUAL = Duration.ofMinutes(30);
  private static final String CLIENT = "192.0.2.1";

  @TempDir Path folder;

  private static void application(Context context) {
    Application.install(context);
    Pages.enable(context);
    Pages.add(context, "/login.jsp", "${captcha.image}");
    Application.servlet(
        context, "/put", (request, response) -> request.getSession().setAttribute("user", "demo"));
    Application.servlet(
        context,
        "/rotate",
        (request, response) -> {
          request.getSession();
          request.changeSessionId();
        });
    Application.servlet(
        context,
        "/long",
        (request, response) -> {
          HttpSession session = request.getSession();
          session.setMaxInactiveInterval(7_200);
          Object id = ((PageCaptcha) request.getAttribute("captcha")).getId();
          response.getWriter().print(id);
        });
  }

  private TwoLimitedNodes nodes(Store store, String... settings) {
    return new TwoLimitedNodes(store, folder, BriefSessionTest::application, settings);
  }

  private static Duration life(TwoLimitedNodes nodes, Browser browser) {
    return Peek.session(nodes.store, browser.sessionId()).getMaxInactiveInterval();
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void theApplicationGetsTheUsualTimeWhenItUsesTheSession(Store store) {
    try (TwoLimitedNodes nodes = nodes(store)) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/captcha/image", CLIENT);
      assertThat(life(nodes, browser)).isEqualTo(BRIEF);
      nodes.get(browser, 1, "/captcha/image", CLIENT);
      nodes.get(browser, 1, "/session", CLIENT);
      assertThat(life(nodes, browser)).isEqualTo(BRIEF);

      nodes.get(browser, 1, "/put", CLIENT);

      assertThat(life(nodes, browser)).isEqualTo(USUAL);
      nodes.get(browser, 0, "/captcha/image", CLIENT);
      assertThat(life(nodes, browser)).isEqualTo(USUAL);
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void aNewIdMakesItTheApplications(Store store) {
    try (TwoLimitedNodes nodes = nodes(store)) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/captcha/image", CLIENT);
      String before = browser.sessionId();

      nodes.get(browser, 1, "/rotate", CLIENT);

      assertThat(browser.sessionId()).isNotEqualTo(before);
      assertThat(life(nodes, browser)).isEqualTo(USUAL);
    }
  }

  @Test
  void aPageThatBeginsASessionForNothingKeepsItBriefly() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY)) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/login.jsp", CLIENT);

      assertThat(life(nodes, browser)).isEqualTo(BRIEF);
    }
  }

  @Test
  void anApplicationsSessionIsNeverShortened() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY)) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/put", CLIENT);
      nodes.get(browser, 1, "/login.jsp", CLIENT);
      assertThat(life(nodes, browser)).isEqualTo(USUAL);

      browser = new Browser();
      nodes.get(browser, 0, "/session", CLIENT);
      nodes.get(browser, 1, "/login.jsp", CLIENT);
      assertThat(life(nodes, browser)).isEqualTo(USUAL);

      browser = new Browser();
      nodes.get(browser, 0, "/long", CLIENT);
      assertThat(life(nodes, browser)).isEqualTo(Duration.ofHours(2));
    }
  }

  @Test
  void whatWasPutInUnseenIsFoundByTheNextRequest() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY)) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/captcha/image", CLIENT);
      put(nodes.store.sessions(), browser.sessionId());

      nodes.get(browser, 1, "/session", CLIENT);

      assertThat(life(nodes, browser)).isEqualTo(USUAL);
    }
  }

  private static <S extends Session> void put(SessionRepository<S> sessions, String id) {
    S session = Objects.requireNonNull(sessions.findById(id));
    session.setAttribute("cart", "1");
    sessions.save(session);
  }

  @Test
  void theCaptchasOwnSessionsAreBriefAndTheContainersAreAsEver() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "session.scope=captcha")) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/login.jsp", CLIENT);
      nodes.get(browser, 0, "/put", CLIENT);

      Session own = Peek.session(nodes.store, browser.sessionId("CAPTCHA"));
      assertThat(own.getMaxInactiveInterval()).isEqualTo(BRIEF);
      assertThat(browser.cookies()).containsKey("JSESSIONID");
    }
  }

  @Test
  void aTimeoutThatIsShorterStaysAsItIs() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "session.timeout=2m")) {
      Browser browser = new Browser();
      nodes.get(browser, 0, "/captcha/image", CLIENT);

      assertThat(life(nodes, browser)).isEqualTo(Duration.ofMinutes(2));
    }
  }
}
