package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockServletContext;

/** The captcha in a session of its own, beside an application that keeps its container's. */
class CaptchaScopeTest {

  private static final String COOKIE = "CAPTCHA";

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings =
      Node.settings("session.scope=captcha", "protect.login.path=/login");
  private final SessionStore store = memory.open(settings.session());
  private final Browser browser = new Browser();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private ControlledStore ofFirst;
  private Node first;
  private Node second;

  @BeforeEach
  void start() {
    ofFirst = new ControlledStore(memory.open(settings.session()));
    first = Node.start(settings, ofFirst, Clock.systemUTC(), this::install);
    second =
        Node.start(settings, memory.open(settings.session()), Clock.systemUTC(), this::install);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    store.close();
  }

  @Test
  void aChallengeOfOneNodeIsShownAndCountsOnceOnAnother() {
    HttpResponse<String> page = browser.get(first, "/page");
    String id = page.body().split(" ", -1)[0];
    assertThat(page.headers().allValues("Set-Cookie")).singleElement().asString().contains(COOKIE);

    assertThat(browser.bytes(second, "/captcha/" + id + ".png").statusCode()).isEqualTo(200);
    String[] form = answered(id);
    assertThat(browser.post(second, "/login", form).body()).startsWith(Application.LET_THROUGH);
    assertThat(verdict(browser.post(first, "/login", form))).isEqualTo("USED");
    assertThat(verdict(browser.post(second, "/login", form))).isEqualTo("USED");
    assertThat(browser.cookies()).containsOnlyKeys(COOKIE);
  }

  @Test
  void aPictureWithoutAnIdCountsOnAnotherNode() {
    assertThat(browser.bytes(first, "/captcha/image").statusCode()).isEqualTo(200);
    String answer = Peek.answerOfImage(store, browser.sessionId(COOKIE));
    assertThat(browser.post(second, "/login", "captcha-answer", answer).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void theApplicationKeepsItsContainersSessionAndWhatCannotLeaveIt() {
    String session = browser.get(first, "/keep").body();
    String id = browser.get(first, "/page").body().split(" ", -1)[0];

    assertThat(browser.cookies()).containsOnlyKeys("JSESSIONID", COOKIE);
    assertThat(browser.cookies()).containsEntry("JSESSIONID", session);
    assertThat(Peek.session(store, browser.sessionId(COOKIE)).getAttributeNames())
        .containsExactly("captcha." + id);
    assertThat(browser.post(first, "/login", answered(id)).body())
        .startsWith(Application.LET_THROUGH);
    assertThat(browser.get(first, "/kept").body()).isEqualTo(session + " true");
  }

  @Test
  void aLoginChangesTheContainersSessionAndAnOpenChallengeStaysGood() {
    String before = browser.get(first, "/keep").body();
    String id = browser.get(first, "/page").body().split(" ", -1)[0];
    Map<String, String> cookies = Map.copyOf(browser.cookies());

    assertThat(browser.get(first, "/rotate").body()).isNotEqualTo(before);

    assertThat(browser.cookies().get("JSESSIONID")).isNotEqualTo(before);
    assertThat(browser.cookies().get(COOKIE)).isEqualTo(cookies.get(COOKIE));
    assertThat(browser.post(second, "/login", answered(id)).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void theCookieOfANewSessionIsSetHoweverThePageIsReached() {
    for (String path : List.of("/page", "/forward", "/include", "/long")) {
      Browser visitor = new Browser();
      HttpResponse<String> page = visitor.get(first, path);
      assertThat(visitor.cookies()).as(path).containsOnlyKeys(COOKIE);
      String id = page.body().split(" ", -1)[0];
      assertThat(visitor.bytes(second, "/captcha/" + id + ".png").statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void theListenersOfTheApplicationAreCalledByTheContainer() {
    browser.get(first, "/page");
    assertThat(calls).isEmpty();
    browser.get(first, "/keep");
    browser.get(first, "/rotate");
    browser.get(first, "/end");
    assertThat(calls).containsExactly("created", "added thing", "id changed", "destroyed");
  }

  @Test
  void aStoreThatIsDownLeavesTheApplicationItsSession() {
    browser.get(first, "/keep");
    browser.get(first, "/page");
    ofFirst.goDown();
    assertThat(browser.get(first, "/kept").body()).endsWith(" true");
    assertThat(browser.get(first, "/page").statusCode()).isEqualTo(503);
    assertThat(browser.post(first, "/login", "captcha-answer", "x").statusCode()).isEqualTo(503);
  }

  @Test
  void aCookieOfTheContainersSessionsNameIsRefusedAtTheStart() {
    MockServletContext context = new MockServletContext();
    context.addInitParameter("captcha.session.store", "memory");
    context.addInitParameter("captcha.session.scope", "captcha");
    context.getSessionCookieConfig().setName(COOKIE);
    assertThatThrownBy(() -> new CaptchaInitializer().onStartup(null, context))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("captcha.session.cookie.name is 'CAPTCHA'");
  }

  private String[] answered(String id) {
    String answer = Peek.answer(store, browser.sessionId(COOKIE), id);
    return new String[] {"captcha-id", id, "captcha-answer", answer};
  }

  private static String verdict(HttpResponse<?> response) {
    return response.headers().firstValue("Captcha-Verdict").orElse("none");
  }

  private void install(Context context) {
    Application.install(context);
    Application.servlet(context, "/keep", CaptchaScopeTest::keep);
    Application.servlet(context, "/kept", CaptchaScopeTest::kept);
    Application.servlet(
        context,
        "/rotate",
        (request, response) -> response.getWriter().print(request.changeSessionId()));
    Application.servlet(context, "/end", (request, response) -> request.getSession().invalidate());
    Application.servlet(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/page").forward(request, response));
    Application.servlet(
        context,
        "/include",
        (request, response) -> request.getRequestDispatcher("/page").include(request, response));
    Application.servlet(context, "/long", CaptchaScopeTest::longPage);
    context.setApplicationLifecycleListeners(new Object[] {new Listeners()});
    context.setApplicationEventListeners(new Object[] {new Listeners()});
  }

  private static void keep(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession();
    session.setAttribute("thing", new Object());
    response.getWriter().print(session.getId());
  }

  private static void kept(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession();
    response.getWriter().print(session.getId() + " " + (session.getAttribute("thing") != null));
  }

  private static void longPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
    response.getWriter().print(captcha.getId() + " " + "x".repeat(1 << 17));
  }

  private final class Listeners
      implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {

    @Override
    public void sessionCreated(HttpSessionEvent event) {
      calls.add("created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
      calls.add("destroyed");
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
      calls.add("added " + event.getName());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
      calls.add("id changed");
    }
  }
}
