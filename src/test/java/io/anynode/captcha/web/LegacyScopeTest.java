package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old applications that keep their container's session, on two nodes without sticky sessions. */
@TestInstance(Lifecycle.PER_CLASS)
class LegacyScopeTest {

  private final Map<OldApplication, OldNodes> running = new EnumMap<>(OldApplication.class);
  private final Browser browser = new Browser();

  @AfterAll
  void stop() {
    running.values().forEach(OldNodes::close);
  }

  private OldNodes nodes(OldApplication old) {
    browser.cookies().clear();
    return running.computeIfAbsent(
        old,
        application ->
            OldNodes.with(
                application,
                Clock.systemUTC(),
                LegacyScopeTest::more,
                "session.scope=captcha",
                "session.cookie.name=SESSION",
                "legacy.old.path=/check,/in/*"));
  }

  private static void more(Context context) {
    Application.servlet(context, "/in/there", LegacyScopeTest::there);
    Application.servlet(context, "/in/copied", LegacyScopeTest::copied);
    Application.servlet(context, "/copied", LegacyScopeTest::copied);
    Application.servlet(context, "/hold", LegacyScopeTest::hold);
    Application.servlet(context, "/held", LegacyScopeTest::held);
  }

  /** Old code that looks only where there is a session. */
  private static void there(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    response
        .getWriter()
        .print(session == null ? "none" : Collections.list(session.getAttributeNames()));
  }

  /** What old code does at login instead of changing the session's id. */
  private static void copied(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession before = request.getSession();
    Map<String, Object> all = new LinkedHashMap<>();
    Collections.list(before.getAttributeNames())
        .forEach(name -> all.put(name, before.getAttribute(name)));
    before.invalidate();
    all.forEach(request.getSession()::setAttribute);
    response.getWriter().print(all.keySet());
  }

  /** What an application does that knows who is there. */
  private static void hold(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getServletContext().setAttribute("held", request.getSession());
  }

  private static void held(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = (HttpSession) request.getServletContext().getAttribute("held");
    String seen =
        session.getAttribute("rand") + " " + Collections.list(session.getAttributeNames());
    session.setAttribute("rand", "Theirs");
    session.removeAttribute("rand");
    session.invalidate();
    response.getWriter().print(seen);
  }

  @ParameterizedTest
  @EnumSource
  void aRightAnswerPassesOnAnotherNodeAndAReplayIsRefused(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);
    String answer = nodes.answer(browser);
    assertThat(stored(nodes)).isNotEmpty().allMatch(name -> name.startsWith("captcha."));

    assertThat(submit(old, nodes.second, answer).body()).isEqualTo(OldApplication.WELCOME);

    assertRefused(submit(old, nodes.first, answer), "MISSING");
    assertRefused(submit(old, nodes.second, answer), "MISSING");
    assertThat(stored(nodes)).isEmpty();
    assertThat(browser.get(nodes.second, "/attributes").body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWrongAnswerUsesTheRightOneUp(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);
    String answer = nodes.answer(browser);

    HttpResponse<String> wrong = submit(old, nodes.second, "99999");
    if (old.guarded()) {
      assertRefused(wrong, "WRONG");
    } else {
      assertThat(wrong.body()).isEqualTo(OldApplication.WRONG);
    }
    assertRefused(submit(old, nodes.first, answer), "MISSING");
  }

  @ParameterizedTest
  @EnumSource
  void aRequestWithoutACaptchaIsRefusedAndBeginsNoSession(OldApplication old) {
    OldNodes nodes = nodes(old);
    assertRefused(submit(old, nodes.first, "abcde"), "MISSING");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void oldCodeThatAsksForASessionThatIsThereFindsTheAnswerInIt() {
    for (OldApplication old : List.of(OldApplication.STRING_BY_JSP, OldApplication.CAGE)) {
      OldNodes nodes = nodes(old);
      nodes.issue(browser);
      String attribute = old == OldApplication.CAGE ? "captchaToken" : "randStr";
      assertThat(
              browser.post(nodes.second, "/in/there", old.parameter, nodes.answer(browser)).body())
          .isEqualTo("[" + attribute + "]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/in/copied", "/copied"})
  void attributesCopiedIntoANewSessionBringNoObservedAnswerBack(String path) {
    OldNodes nodes = nodes(OldApplication.OBSERVED_STRING);
    nodes.issue(browser);
    assertThat(browser.post(nodes.second, path, "code", "Late7").body()).isEqualTo("[rand]");
    assertRefused(browser.post(nodes.second, "/check", "code", "Late7"), "MISSING");
    assertThat(browser.get(nodes.second, "/attributes").body()).isEmpty();
  }

  @Test
  void aSessionThatTheApplicationHoldsShowsNoOtherVisitorsAnswer() {
    OldNodes nodes = nodes(OldApplication.OBSERVED_STRING);
    nodes.issue(browser);
    browser.get(nodes.first, "/hold");
    Browser other = new Browser();
    nodes.issue(other);

    assertThat(other.get(nodes.first, "/held").body()).isEqualTo("null []");

    for (Browser visitor : List.of(browser, other)) {
      assertThat(visitor.post(nodes.second, "/check", "code", "Late7").body())
          .isEqualTo(OldApplication.WELCOME);
    }
  }

  private HttpResponse<String> submit(OldApplication old, Node node, String typed) {
    return old.submit(browser, node, old.parameter, typed);
  }

  private Iterable<String> stored(OldNodes nodes) {
    return Peek.session(nodes.store, browser.sessionId()).getAttributeNames();
  }

  private static void assertRefused(HttpResponse<String> response, String verdict) {
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Captcha-Verdict")).hasValue(verdict);
    assertThat(response.body()).isNotEmpty();
  }
}
