package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** What becomes of {@code captcha.order} where a container is not Tomcat. */
class JettyOrderTest {

  private final List<String> met = new CopyOnWriteArrayList<>();

  @Test
  void theCaptchaStandsBeforeTheApplicationsFilters() throws Exception {
    Server server = server("order=first");
    server.start();
    try {
      Browser browser = new Browser();
      URI login = server.getURI().resolve("/login");
      HttpResponse<String> refused =
          browser.send(browser.request(login).POST(BodyPublishers.noBody()));
      assertThat(refused.headers().firstValue("Captcha-Verdict")).hasValue("MISSING");
      assertThat(met).isEmpty();

      assertThat(browser.get(login).statusCode()).isEqualTo(404);
      assertThat(met).containsExactly("other", "named");
    } finally {
      server.stop();
    }
  }

  @Test
  void aFilterCannotBeNamedSinceJettyDoesNotTellWhereItIsMapped() {
    assertThatThrownBy(() -> server("order=after:named").start())
        .hasMessageContaining("captcha.order names the filter 'named'")
        .hasMessageContaining("Jetty does not");
  }

  private Server server(String order) {
    Settings settings = Node.settings("protect.login.path=/login", order);
    ServletContextHandler application = new ServletContextHandler("/");
    application.addFilter(holder("other"), "/*", EnumSet.of(DispatcherType.REQUEST));
    application.addFilter(holder("named"), "/*", EnumSet.of(DispatcherType.REQUEST));
    application.addServletContainerInitializer(
        new CaptchaInitializer(
            ignored ->
                new CaptchaApplication(
                    settings, new SharedMemory().open(settings.session()), Clock.systemUTC())));
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(application);
    return server;
  }

  private FilterHolder holder(String name) {
    Filter filter =
        (request, response, chain) -> {
          met.add(name);
          chain.doFilter(request, response);
        };
    FilterHolder holder = new FilterHolder(filter);
    holder.setName(name);
    return holder;
  }
}
