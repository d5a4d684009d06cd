package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.Test;

/** A captcha that is open to whoever knows the test answer, and says so. */
class TestModeTest {

  @Test
  void theTestAnswerPassesInTestModeWhichSaysSoInEachResponse() {
    ControlledStore store = store();
    Browser browser = new Browser();
    try (CapturedLog log = CapturedLog.start();
        Node node =
            start(
                Node.settings("test-mode=true", "protect.login.path=/login"),
                store,
                Application::install)) {
      assertThat(log.text()).contains("WARNING: captcha.test-mode is on");
      String id = browser.get(node, "/page").body().split(" ", -1)[0];
      HttpResponse<String> passed =
          browser.post(node, "/login", "captcha-id", id, "captcha-answer", "PASSED");
      assertThat(passed.body()).startsWith(Application.LET_THROUGH);
      assertTold(passed);
      assertTold(browser.get(node, "/plain"));
      assertTold(browser.get(node, "/not-there"));
      assertTold(browser.get(node, "/captcha/health"));
      assertTold(browser.post(node, "/login"));
      store.goDown();
      HttpResponse<String> down = browser.get(node, "/session");
      assertThat(down.statusCode()).isEqualTo(503);
      assertTold(down);
    }
  }

  @Test
  void testModeSaysSoAlsoWhenTheApplicationFails() {
    try (Node node = start(Node.settings("test-mode=true"), store(), TestModeTest::failing)) {
      for (String path :
          List.of("/runtime", "/servlet", "/io", "/error", "/async", "/forward", "/send")) {
        HttpResponse<String> failed = new Browser().get(node, path);
        assertThat(failed.statusCode()).as(path).isEqualTo(500);
        assertTold(failed);
      }
      HttpResponse<String> late = new Browser().get(node, "/caught");
      assertThat(late.body()).isEqualTo("caught");
      assertTold(late);
    }
  }

  @Test
  void testModeSaysSoAlsoWhenTheApplicationResetsItsResponse() {
    ControlledStore store = store();
    Consumer<Context> resetting =
        context ->
            Application.servlet(
                context,
                "/reset",
                (request, response) -> {
                  response.setHeader("X-Before", "dropped");
                  response.reset();
                  request.getSession().setAttribute("a", "b");
                  response.getWriter().print("reset");
                });
    try (Node node = start(Node.settings("test-mode=true"), store, resetting)) {
      HttpResponse<String> reset = new Browser().get(node, "/reset");
      assertThat(reset.body()).isEqualTo("reset");
      assertThat(reset.headers().firstValue("X-Before")).isEmpty();
      assertTold(reset);
      store.refuseSaves();
      HttpResponse<String> unavailable = new Browser().get(node, "/reset");
      assertThat(unavailable.statusCode()).isEqualTo(503);
      assertTold(unavailable);
    }
  }

  @Test
  void inTestModeTheApplicationsPageForErrorsIsShown() {
    Consumer<Context> withPage =
        context -> {
          failing(context);
          Application.servlet(
              context, "/sorry", (request, response) -> response.getWriter().print("sorry"));
          ErrorPage page = new ErrorPage();
          page.setErrorCode(500);
          page.setLocation("/sorry");
          context.addErrorPage(page);
        };
    try (Node node = start(Node.settings("test-mode=true"), store(), withPage)) {
      HttpResponse<String> failed = new Browser().get(node, "/runtime");
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo("sorry");
      assertTold(failed);
    }
  }

  @Test
  void theTestAnswerIsWrongOutsideOfTestMode() {
    Browser browser = new Browser();
    try (Node node =
        start(Node.settings("protect.login.path=/login"), store(), Application::install)) {
      String id = browser.get(node, "/page").body().split(" ", -1)[0];
      HttpResponse<String> response =
          browser.post(node, "/login", "captcha-id", id, "captcha-answer", "PASSED");
      assertThat(response.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
      assertThat(response.headers().firstValue("Captcha-Test-Mode")).isEmpty();
    }
  }

  private static void failing(Context context) {
    fails(
        context,
        "/runtime",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    fails(
        context,
        "/servlet",
        () -> {
          throw new ServletException("on purpose");
        });
    fails(
        context,
        "/io",
        () -> {
          throw new IOException("on purpose");
        });
    fails(
        context,
        "/error",
        () -> {
          throw new StackOverflowError("on purpose");
        });
    Application.servlet(
        context, "/async", (request, response) -> request.startAsync().dispatch("/runtime"));
    Application.servlet(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/runtime").forward(request, response));
    Application.servlet(context, "/send", (request, response) -> response.sendError(500));
    Application.servlet(
        context,
        "/caught",
        (request, response) -> {
          try {
            request.getRequestDispatcher("/runtime").include(request, response);
          } catch (RuntimeException e) {
            response.getWriter().print("caught");
          }
        });
  }

  /** Fails a request, with headers that are no longer true then. */
  private static void fails(Context context, String path, Failure failure) {
    Application.servlet(
        context,
        path,
        (request, response) -> {
          response.setContentLength(3);
          failure.fail();
        });
  }

  private static void assertTold(HttpResponse<String> response) {
    assertThat(response.headers().allValues("Captcha-Test-Mode")).containsExactly("true");
  }

  private static ControlledStore store() {
    Settings settings = Node.settings();
    return new ControlledStore(new SharedMemory().open(settings.session()));
  }

  private static Node start(
      Settings settings, ControlledStore store, Consumer<Context> application) {
    return Node.start(settings, store, Clock.systemUTC(), application);
  }

  @FunctionalInterface
  private interface Failure {
    void fail() throws IOException, ServletException;
  }
}
