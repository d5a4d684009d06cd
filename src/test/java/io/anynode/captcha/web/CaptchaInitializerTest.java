package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockServletContext;

/** How the captcha gets into an application, and how it refuses to. */
class CaptchaInitializerTest {

  @Test
  void aContainerFindsIt() {
    assertThat(ServiceLoader.load(ServletContainerInitializer.class))
        .hasAtLeastOneElementOfType(CaptchaInitializer.class);
  }

  @Test
  void wrongSettingsStopTheApplicationAndAreListedTogether() {
    MockServletContext context = new MockServletContext();
    context.addInitParameter("captcha.length", "99");
    context.addInitParameter("captcha.session.stor", "redis");
    assertThatThrownBy(() -> new CaptchaInitializer().onStartup(null, context))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("Anynode Captcha did not start")
        .hasMessageContaining("captcha.length")
        .hasMessageContaining("99")
        .hasMessageContaining("captcha.session.stor");
    assertThat(context.getFilterRegistrations()).isEmpty();
    assertThat(context.getServletRegistrations()).isEmpty();
  }

  @Test
  void anApplicationWithAServletAtThePrefixIsToldSo() {
    ControlledStore store = store();
    try (CapturedLog log = CapturedLog.start()) {
      assertThatThrownBy(
              () ->
                  start(
                      Node.settings("prefix=/taken"),
                      store,
                      context ->
                          context.addServletContainerInitializer(
                              (classes, servlets) ->
                                  servlets
                                      .addServlet("own", new HttpServlet() {})
                                      .addMapping("/taken/*"),
                              null)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(log.text())
          .contains(
              "Anynode Captcha did not start",
              "The application has a servlet at /taken/*; set captcha.prefix to a free path.");
    }
    assertThat(store.isClosed()).isTrue();
  }

  @Test
  void aSecondCopyInTheApplicationIsToldSo() {
    ControlledStore first = store();
    ControlledStore second = store();
    try (CapturedLog log = CapturedLog.start()) {
      assertThatThrownBy(
              () ->
                  start(
                      Node.settings(),
                      first,
                      context ->
                          context.addServletContainerInitializer(
                              new CaptchaInitializer(
                                  ignored ->
                                      new CaptchaApplication(
                                          Node.settings(), second, Clock.systemUTC())),
                              null)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(log.text())
          .contains("Anynode Captcha did not start", "It is in this application already");
    }
    assertThat(List.of(first.isClosed(), second.isClosed())).containsOnly(true);
  }

  @Test
  void springSessionStandsBeforeTheApplicationsOwnFilters() {
    ControlledStore store = store();
    Browser browser = new Browser();
    try (Node node =
        start(
            Node.settings(),
            store,
            context -> {
              Application.install(context);
              Application.filter(
                  context,
                  (request, response, chain) -> {
                    ((HttpServletRequest) request).getSession().setAttribute("by", "its filter");
                    chain.doFilter(request, response);
                  });
            })) {
      browser.get(node, "/plain");
      String by = Peek.session(store, browser.sessionId()).getAttribute("by");
      assertThat(by).isEqualTo("its filter");
    }
  }

  @Test
  void theStoreIsClosedWithTheApplication() {
    ControlledStore store = store();
    start(Node.settings(), store, Application::install).close();
    assertThat(store.isClosed()).isTrue();
  }

  @Test
  void theTestAnswerPassesInTestModeWhichSaysSoInEachResponse() {
    ControlledStore store = store();
    Browser browser = new Browser();
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler listener = listener(lines);
    Logger logger = Logger.getLogger(CaptchaApplication.class.getName());
    logger.addHandler(listener);
    try (Node node =
        start(
            Node.settings("test-mode=true", "protect.login.path=/login"),
            store,
            Application::install)) {
      assertThat(lines).anyMatch(line -> line.startsWith("WARNING captcha.test-mode is on"));
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
    } finally {
      logger.removeHandler(listener);
    }
  }

  @Test
  void testModeSaysSoAlsoWhenTheApplicationFails() {
    try (Node node = start(Node.settings("test-mode=true"), store(), CaptchaInitializerTest::bad)) {
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
  void inTestModeTheApplicationsPageForErrorsIsShown() {
    Consumer<Context> withPage =
        context -> {
          bad(context);
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

  private static void bad(Context context) {
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

  @FunctionalInterface
  private interface Failure {
    void fail() throws IOException, ServletException;
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

  @Test
  void itStandsBeforeTheApplicationsOwnFilters() {
    try (Node node =
        start(
            Node.settings("protect.login.path=/login"),
            store(),
            context -> {
              Application.install(context);
              Application.filter(
                  context,
                  (request, response, chain) -> {
                    response.getWriter().print("the application's filter");
                    chain.doFilter(request, response);
                  });
            })) {
      HttpResponse<String> refused =
          new Browser().send(new Browser().request(node, "/login").POST(BodyPublishers.noBody()));
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).doesNotContain("the application's filter");
    }
  }

  private static void assertTold(HttpResponse<String> response) {
    assertThat(response.headers().allValues("Captcha-Test-Mode")).containsExactly("true");
  }

  private static Handler listener(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + line.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static ControlledStore store() {
    Settings settings = Node.settings();
    return new ControlledStore(new SharedMemory().open(settings.session()));
  }

  private static Node start(
      Settings settings, ControlledStore store, Consumer<Context> application) {
    return Node.start(settings, store, Clock.systemUTC(), application);
  }
}
