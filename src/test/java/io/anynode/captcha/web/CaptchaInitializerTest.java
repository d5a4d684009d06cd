package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
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
  void anApplicationThatItsContainerStartsAllTheSameAnswersNothing() {
    try (Node node =
        start(
            Node.settings(),
            store(),
            context -> {
              Application.install(context);
              context.addServletContainerInitializer(
                  (classes, servlets) ->
                      assertThatThrownBy(
                              () ->
                                  new CaptchaInitializer(
                                          ignored -> {
                                            throw new SettingsException(List.of("a fault"));
                                          })
                                      .onStartup(null, servlets))
                          .hasMessageContaining("a fault"),
                  null);
            })) {
      HttpResponse<String> answer = new Browser().get(node, "/plain");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("Anynode Captcha did not start");
    }
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

  private static ControlledStore store() {
    Settings settings = Node.settings();
    return new ControlledStore(new SharedMemory().open(settings.session()));
  }

  private static Node start(
      Settings settings, ControlledStore store, Consumer<Context> application) {
    return Node.start(settings, store, Clock.systemUTC(), application);
  }
}
