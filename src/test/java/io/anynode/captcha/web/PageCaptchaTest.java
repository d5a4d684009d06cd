package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The captcha in pages of plain JSP. */
@TestInstance(Lifecycle.PER_CLASS)
class PageCaptchaTest {

  private static final String NO_SESSION = "<%@ page session=\"false\" %>";

  private final Settings settings =
      Node.settings(
          "node=worker-1",
          "kind=sum",
          "prefix=/c/a",
          "parameter.id=the-id",
          "parameter.answer=the-answer",
          "protect.login.path=/login",
          "protect.login.scope=login",
          "protect.login.on-failure=forward:/form.jsp");
  private final ControlledStore store =
      new ControlledStore(new SharedMemory().open(settings.session()));
  private Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node = Node.start(settings, store, Clock.systemUTC(), PageCaptchaTest::application);
  }

  private static void application(Context context) {
    Application.install(context);
    Pages.enable(context);
    Pages.add(
        context,
        "/form.jsp",
        NO_SESSION
            + "${captcha.scoped('login').id} ${captcha.scoped('login').image} ${captcha.verdict}"
            + " ${captcha.message}");
    Pages.add(
        context,
        "/all.jsp",
        "${captcha.id} ${captcha.id} ${captcha.scoped('').id} ${captcha.scoped('a').id}"
            + " ${captcha.idParameter} ${captcha.answerParameter} ${captcha.kind} ${captcha.node}"
            + " ${captcha.challenges}");
    Pages.add(context, "/none.jsp", NO_SESSION + "${captcha.node}");
    Pages.add(
        context,
        "/late.jsp",
        NO_SESSION
            + "<% response.flushBuffer(); try {"
            + " ((io.anynode.captcha.web.PageCaptcha) request.getAttribute(\"captcha\")).getId();"
            + " } catch (IllegalStateException e) { out.print(e.getMessage()); } %>");
    Pages.add(context, "/included.jsp", NO_SESSION + "${captcha.id}");
    Pages.add(context, "/including.jsp", NO_SESSION + "<jsp:include page=\"/included.jsp\"/>");
    Pages.add(context, "/forwarding.jsp", NO_SESSION + "<jsp:forward page=\"/included.jsp\"/>");
    Pages.add(context, "/error.jsp", "<%@ page isErrorPage=\"true\" %>${captcha.id}");
    ErrorPage error = new ErrorPage();
    error.setErrorCode(404);
    error.setLocation("/error.jsp");
    context.addErrorPage(error);
    // Servlet 6.1's, which the tests are not compiled against.
    Pages.add(
        context,
        "/redirect.jsp",
        NO_SESSION
            + "<% request.getSession().setAttribute(\"a\", \"b\");"
            + " response.sendRedirect(\"form.jsp\", 303); %>");
    Pages.add(
        context,
        "/redirect-keeping.jsp",
        NO_SESSION
            + "<% request.getSession().setAttribute(\"a\", \"b\");"
            + " response.sendRedirect(\"form.jsp\", 308, false); %>");
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @BeforeEach
  void visit() {
    store.comeBack();
    browser = new Browser();
  }

  @Test
  void aPageShowsAPictureAndItsFormPasses() {
    List<String> form = words(browser.get(node, "/form.jsp"));
    String id = form.get(0);
    assertThat(form.get(1)).isEqualTo("/c/a/" + id + ".png");
    assertThat(browser.bytes(node, form.get(1)).statusCode()).isEqualTo(200);
    assertThat(answer(id, Peek.answer(store, browser.sessionId(), id)).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void aRefusedFormShowsThePageWithVerdictMessageAndAnotherPicture() {
    HttpResponse<String> response = answer("", "1");
    List<String> form = words(response);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(form.get(2)).isEqualTo("MISSING");
    assertThat(response.body()).contains("Please complete the security check.");
    assertThat(answer(form.get(0), Peek.answer(store, browser.sessionId(), form.get(0))).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void aChallengeIsIssuedOnceARequestAndScope() {
    List<String> all = words(browser.get(node, "/all.jsp"));
    assertThat(all.get(0)).isEqualTo(all.get(1)).isEqualTo(all.get(2)).isNotEqualTo(all.get(3));
    assertThat(challenges()).isEqualTo(2);
    assertThat(all.subList(4, 9))
        .containsExactly("the-id", "the-answer", "sum", "worker-1", "/c/a/challenges");
  }

  @Test
  void aPageThatAsksForNoChallengeGetsNone() {
    assertThat(browser.get(node, "/none.jsp").body()).isEqualTo("worker-1");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aPageThatHasLeftIsToldWhatToDo() {
    assertThat(browser.get(node, "/late.jsp").body())
        .contains("Ask for ${captcha.id} at the top of the page");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aPartOfAPageShowsAPicture() {
    assertShows("/including.jsp");
  }

  @Test
  void aForwardedPageShowsAPicture() {
    assertShows("/forwarding.jsp");
  }

  @Test
  void anErrorPageShowsAPicture() {
    assertShows("/not-there");
  }

  @Test
  void aRedirectOfServlet61SavesTheSessionFirst() {
    for (String page : List.of("/redirect.jsp", "/redirect-keeping.jsp")) {
      browser = new Browser();
      HttpResponse<String> response = browser.get(node, page);
      assertThat(response.statusCode()).isIn(303, 308);
      assertThat(response.headers().firstValue("Location")).hasValue("form.jsp");
      assertThat(Peek.session(store, browser.sessionId()).<String>getAttribute("a")).isEqualTo("b");
    }
  }

  @Test
  void aRedirectOfServlet61WaitsForTheStore() {
    store.refuseSaves();
    assertThat(browser.get(node, "/redirect.jsp").statusCode()).isEqualTo(503);
  }

  @Test
  void aPageIsUnavailableWhenTheStoreIs() {
    for (String page : List.of("/form.jsp", "/including.jsp", "/forwarding.jsp", "/not-there")) {
      store.refuseSaves();
      HttpResponse<String> response = browser.get(node, page);
      assertThat(response.statusCode()).as(page).isEqualTo(503);
      assertThat(response.headers().firstValue("Captcha-Verdict")).hasValue("UNAVAILABLE");
    }
  }

  private void assertShows(String path) {
    String id = browser.get(node, path).body().strip();
    assertThat(browser.bytes(node, "/c/a/" + id + ".png").statusCode()).isEqualTo(200);
  }

  private long challenges() {
    return Peek.session(store, browser.sessionId()).getAttributeNames().stream()
        .filter(name -> name.startsWith(Captcha.ATTRIBUTE))
        .count();
  }

  private HttpResponse<String> answer(String id, String answer) {
    return browser.post(node, "/login", "the-id", id, "the-answer", answer);
  }

  private static List<String> words(HttpResponse<String> response) {
    return List.of(response.body().strip().split("\\s+", -1));
  }
}
