package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.MovableClock;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the old code sees of its attribute, and when. */
@TestInstance(Lifecycle.PER_CLASS)
class LegacyViewTest {

  private static final String OLD = "randStr";

  private final MovableClock clock = new MovableClock();
  private final Browser browser = new Browser();
  private final OldNodes taken =
      OldNodes.with(
          OldApplication.STRING_BY_JSP,
          clock,
          LegacyViewTest::application,
          "legacy.old.path=/check,/in/*",
          "legacy.old.on-failure=forward:/out/show",
          "test-mode=true");
  private final OldNodes observed =
      OldNodes.with(
          OldApplication.OBSERVED_STRING,
          clock,
          context -> {
            Application.servlet(context, "/in/copied", (q, s) -> copied(q, s, "rand"));
            Application.servlet(context, "/out/copied", (q, s) -> copied(q, s, "rand"));
            Application.servlet(context, "/in/emptied", (q, s) -> set(q, s, ""));
            Application.servlet(context, "/out/number", (q, s) -> set(q, s, 7));
            Application.servlet(context, "/in/renewed", (q, s) -> set(q, s, "Renew1"));
            Application.servlet(
                context,
                "/forwarded.jpg",
                (q, s) -> q.getRequestDispatcher("/late.jpg").forward(q, s));
          },
          "legacy.old.path=/check,/in/*",
          "legacy.old.image=*.jpg");

  @AfterAll
  void stop() {
    taken.close();
    observed.close();
  }

  private static void application(Context context) {
    Application.servlet(context, "/in/show", LegacyViewTest::show);
    Application.servlet(context, "/out/show", LegacyViewTest::show);
    Application.servlet(
        context, "/in/forward", (q, s) -> q.getRequestDispatcher("/out/show").forward(q, s));
    Application.servlet(
        context, "/in/include", (q, s) -> q.getRequestDispatcher("/out/show").include(q, s));
    Application.servlet(context, "/in/async", (q, s) -> q.startAsync().dispatch("/out/show"));
    Application.servlet(
        context,
        "/in/thread",
        (q, s) -> {
          AsyncContext async = q.startAsync(q, s);
          async.start(
              () -> {
                try {
                  show(q, s);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                } finally {
                  async.complete();
                }
              });
        });
    Application.servlet(
        context,
        "/in/rotated",
        (q, s) -> {
          q.changeSessionId();
          show(q, s);
        });
    Application.servlet(
        context,
        "/in/ended",
        (q, s) -> {
          HttpSession before = q.getSession();
          before.invalidate();
          String after;
          try {
            after = String.valueOf(before.getAttribute(OLD));
          } catch (IllegalStateException e) {
            after = "ended";
          }
          s.getWriter().print(after + " " + q.getSession().getAttribute(OLD));
        });
    Application.servlet(context, "/in/copied", (q, s) -> copied(q, s, OLD));
    Application.servlet(
        context,
        "/out/write",
        (q, s) -> {
          q.getSession().setAttribute(OLD, "theirs");
          q.getSession().setAttribute("else", "kept");
          show(q, s);
        });
    Application.servlet(
        context,
        "/in/remove",
        (q, s) -> {
          q.getSession().removeAttribute(OLD);
          show(q, s);
        });
  }

  private static void show(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession();
    boolean listed = Collections.list(session.getAttributeNames()).contains(OLD);
    response.getWriter().print(session.getAttribute(OLD) + " " + listed);
  }

  /** What old code does at login instead of changing the session's id. */
  private static void copied(
      HttpServletRequest request, HttpServletResponse response, String attribute)
      throws IOException {
    HttpSession old = request.getSession();
    Map<String, Object> all = new LinkedHashMap<>();
    Collections.list(old.getAttributeNames())
        .forEach(name -> all.put(name, old.getAttribute(name)));
    old.invalidate();
    all.forEach(request.getSession()::setAttribute);
    response.getWriter().print(all.get(attribute));
  }

  private static void set(HttpServletRequest request, HttpServletResponse response, Object value)
      throws IOException {
    request.getSession().setAttribute("rand", value);
    response.getWriter().print(request.getSession().getAttribute("rand"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/in/show",
        "/in/forward",
        "/in/include",
        "/in/async",
        "/in/thread",
        "/in/rotated"
      })
  void whateverTheRequestIsHandedToSeesTheAnswer(String path) {
    String answer = issue(taken);
    assertThat(post(taken, path, "checkCode", answer).body()).isEqualTo(answer + " true");
    assertThat(browser.get(taken.first, "/out/show").body()).isEqualTo("null false");
  }

  @Test
  void aPageThatARefusalForwardsToSeesNone() {
    issue(taken);
    HttpResponse<String> refused = post(taken, "/in/show", "checkCode", "");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).isEqualTo("null false");
  }

  @Test
  void anEndedSessionTakesTheAnswerWithIt() {
    String answer = issue(taken);
    assertThat(post(taken, "/in/ended", "checkCode", answer).body()).isEqualTo("ended null");
  }

  @Test
  void attributesCopiedIntoANewSessionBringNoAnswerBack() {
    String answer = issue(taken);
    // What binds a challenge to its session is the millisecond in which the session was created.
    long issued = System.currentTimeMillis();
    await().until(() -> System.currentTimeMillis() > issued);
    assertThat(post(taken, "/in/copied", "checkCode", answer).body()).isEqualTo(answer);
    assertThat(post(taken, "/in/show", "checkCode", answer).statusCode()).isEqualTo(422);

    issue(observed);
    assertThat(post(observed, "/in/copied", "code", "Late7").body()).isEqualTo("Late7");
    assertThat(post(observed, "/check", "code", "Late7").statusCode()).isEqualTo(422);

    issue(observed);
    assertThat(browser.get(observed.second, "/out/copied").body()).isEqualTo("Late7");
    assertThat(post(observed, "/check", "code", "Late7").statusCode()).isEqualTo(422);
  }

  @Test
  void whatTheOldCodeWritesTouchesOnlyWhatItSees() {
    String answer = issue(taken);
    assertThat(browser.get(taken.second, "/out/write").body()).isEqualTo("theirs true");
    assertThat(browser.get(taken.second, "/out/show").body()).isEqualTo("null false");
    assertThat(Peek.session(taken.store, browser.sessionId()).getAttributeNames())
        .contains("else")
        .doesNotContain(OLD);
    assertThat(post(taken, "/in/remove", "checkCode", answer).body()).isEqualTo("null false");
  }

  @Test
  void whatAnObservedServletStoresCountsAlsoFromWithinACheck() {
    issue(observed);
    assertThat(post(observed, "/in/renewed", "code", "Late7").body()).isEqualTo("Renew1");
    assertThat(post(observed, "/check", "code", "Late7").body()).isEqualTo(OldApplication.WRONG);

    issue(observed);
    post(observed, "/in/renewed", "code", "Late7");
    assertThat(post(observed, "/check", "code", "Renew1").body()).isEqualTo(OldApplication.WELCOME);
  }

  @Test
  void anAttributeThatIsEmptiedOrOfAnotherTypeIsNoAnswer() {
    issue(observed);
    post(observed, "/in/emptied", "code", "Late7");
    assertThat(post(observed, "/check", "code", "").statusCode()).isEqualTo(422);
    browser.get(observed.first, "/out/number");
    assertThat(post(observed, "/check", "code", "7").statusCode()).isEqualTo(422);
  }

  @Test
  void aPictureThatIsForwardedToLeavesWhole() {
    browser.cookies().clear();
    assertThat(browser.bytes(observed.first, "/forwarded.jpg").body()).hasSize(50_000);
    assertThat(post(observed, "/check", "code", "Late7").body()).isEqualTo(OldApplication.WELCOME);
  }

  @Test
  void twoTabsAreKeptApart() {
    issue(taken);
    clock.advance(Duration.ofMillis(5));
    taken.issue(browser);
    List<String> answers = Peek.answersOfImages(taken.store, browser.sessionId());

    String newer = answers.get(0);
    String older = answers.get(1);
    assertThat(post(taken, "/check", "checkCode", older).body()).isEqualTo(OldApplication.WELCOME);
    assertThat(post(taken, "/check", "checkCode", newer).body()).isEqualTo(OldApplication.WELCOME);
    assertThat(post(taken, "/check", "checkCode", older).statusCode()).isEqualTo(422);
  }

  @Test
  void aLateAnswerIsExpired() {
    String answer = issue(taken);
    clock.advance(Duration.ofMinutes(6));
    HttpResponse<String> late = post(taken, "/check", "checkCode", answer);
    assertThat(late.headers().firstValue("Captcha-Verdict")).hasValue("EXPIRED");
  }

  @Test
  void theTestAnswerPassesTheOldCheckInTestMode() {
    issue(taken);
    assertThat(post(taken, "/check", "checkCode", "PASSED").body())
        .isEqualTo(OldApplication.WELCOME);
  }

  @Test
  void aHeadChangesNothingAndAGetIsNeverCached() {
    browser.cookies().clear();
    HttpResponse<String> head =
        browser.send(
            browser.request(taken.first, "/image.jsp").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(browser.cookies()).isEmpty();

    HttpResponse<byte[]> get = browser.bytes(taken.first, "/image.jsp;jsessionid=1?0.123");
    assertThat(get.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(get.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(get.body()).startsWith(0xff, 0xd8);
  }

  private String issue(OldNodes nodes) {
    browser.cookies().clear();
    nodes.issue(browser);
    return Objects.requireNonNull(nodes.answer(browser));
  }

  private HttpResponse<String> post(OldNodes nodes, String path, String... namesAndValues) {
    return browser.post(nodes.second, path, namesAndValues);
  }
}
