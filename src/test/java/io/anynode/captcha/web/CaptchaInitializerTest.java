package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
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
    assertThat(store.isClosed()).isTrue();
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
