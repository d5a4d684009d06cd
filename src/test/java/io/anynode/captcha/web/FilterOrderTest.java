package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockServletContext;

/** Where the captcha stands among the filters of an application. */
class FilterOrderTest {

  private static final String USERNAME = "\u00e9\u00df";

  private final SharedMemory memory = new SharedMemory();
  private final SessionStore store = memory.open(Node.settings().session());
  private final Browser browser = new Browser();
  private final List<String> met = new CopyOnWriteArrayList<>();

  @Test
  void aFrontControllerThatEndsTheChainHasTheCaptchaBeforeIt() {
    try (Node node =
        start(
            settings(),
            context ->
                Application.filter(
                    context,
                    "controller",
                    (request, response, chain) -> response.getWriter().print("controller")))) {
      assertThat(browser.get(node, "/any").body()).isEqualTo("controller");
      assertThat(browser.get(node, "/captcha/health").statusCode()).isEqualTo(200);
      assertThat(verdict(browser.post(node, "/login"))).isEqualTo("MISSING");

      assertThat(browser.get(node, "/captcha/image").headers().firstValue("Content-Type"))
          .hasValue("image/png");
      String answer = Peek.answerOfImage(store, browser.sessionId());
      assertThat(browser.post(node, "/login", "captcha-answer", answer).body())
          .isEqualTo("controller");
      assertThat(verdict(browser.post(node, "/login", "captcha-answer", answer)))
          .isEqualTo("MISSING");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, order=first",
    "ISO-8859-1, request-encoding=ISO-8859-1",
    "GB18030, request-encoding=GB18030",
    "ISO-8859-1, order=after:encoding",
    "GB18030, order=after:encoding"
  })
  void aFormsCharactersAreNotLostOnAnEncodingFilter(String encoding, String setting)
      throws Exception {
    try (Node node =
        start(
            settings(setting),
            context -> {
              Application.filter(context, "encoding", encodingFilter(encoding));
              Application.install(context);
            })) {
      assertThat(browser.get(node, "/captcha/image").statusCode()).isEqualTo(200);
      String answer = Peek.answerOfImage(store, browser.sessionId());
      String form =
          "username=" + URLEncoder.encode(USERNAME, encoding) + "&captcha-answer=" + answer;

      HttpResponse<String> response =
          browser.send(
              browser
                  .request(node, "/login")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form)));

      assertThat(response.body()).isEqualTo(Application.LET_THROUGH + " " + USERNAME);
    }
  }

  @Test
  void filtersThatAreNamedComeFirstInThatOrderAndOnceEach() {
    try (Node node =
        start(
            settings("order=after: second , first"),
            context -> {
              Application.filter(context, "first", met("first"));
              Application.filter(context, "other", met("other"));
              Application.filter(context, "second", met("second"));
              Application.install(context);
            })) {
      assertThat(verdict(browser.post(node, "/login"))).isEqualTo("MISSING");
      assertThat(met).containsExactly("second", "first");

      met.clear();
      assertThat(browser.get(node, "/plain").body()).isEqualTo("plain");
      assertThat(met).containsExactly("second", "first", "other");
    }
  }

  @Test
  void aFilterThatIsNamedKeepsItsOwnPath() {
    try (Node node =
        start(
            settings("order=after:narrow"),
            context -> {
              FilterMap mapping = mapping("narrow");
              mapping.addURLPattern("/plain");
              Application.filter(context, met("narrow"), mapping);
              Application.install(context);
            })) {
      browser.post(node, "/login");
      assertThat(met).isEmpty();
      browser.get(node, "/plain");
      assertThat(met).containsExactly("narrow");
    }
  }

  @Test
  void aFilterThatIsNotThereIsToldWithThoseThatAre() {
    assertThat(refusal("shiro", context -> Application.filter(context, "ShiroFilter", met("s"))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("captcha.order names the filter 'shiro'")
        .hasMessageContaining("it has ShiroFilter.")
        .hasMessageContaining("cannot be named");
  }

  @Test
  void aFilterThatIsMappedToAServletsNameIsRefused() {
    assertThat(
            refusal(
                "named",
                context -> {
                  Application.install(context);
                  FilterMap mapping = mapping("named");
                  mapping.addServletName("servlet /login");
                  Application.filter(context, met("named"), mapping);
                }))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Map it by url-pattern");
  }

  @Test
  void aContainerThatTurnsTheOrderRoundIsRefused() {
    MockServletContext payara =
        new MockServletContext() {
          @Override
          public String getServerInfo() {
            return "Payara Server 6.2025.9";
          }
        };
    assertThatThrownBy(() -> FiltersBefore.move(payara, List.of("shiro")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("captcha.order can only be first");
  }

  @Test
  void anOrderThatCannotBeKeptStopsTheApplication() {
    assertThatThrownBy(() -> start(settings("order=after:shiro"), Application::install))
        .isInstanceOf(IllegalStateException.class);
  }

  /** What happens when a filter is moved in a container's own start. */
  private Throwable refusal(String filter, Consumer<Context> application) {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    start(
            settings(),
            context -> {
              application.accept(context);
              context.addServletContainerInitializer(
                  (classes, servlets) ->
                      thrown.add(
                          catchThrowable(() -> FiltersBefore.move(servlets, List.of(filter)))),
                  null);
            })
        .close();
    return thrown.get(0);
  }

  private static FilterMap mapping(String name) {
    FilterMap mapping = new FilterMap();
    mapping.setFilterName(name);
    return mapping;
  }

  private Filter met(String name) {
    return (request, response, chain) -> {
      met.add(name);
      chain.doFilter(request, response);
    };
  }

  /** As applications have it: it overrides nothing that the request says. */
  private static Filter encodingFilter(String encoding) {
    return (request, response, chain) -> {
      if (((HttpServletRequest) request).getCharacterEncoding() == null) {
        request.setCharacterEncoding(encoding);
      }
      chain.doFilter(request, response);
    };
  }

  private static Settings settings(String... more) {
    String[] all = List.of(more).toArray(new String[more.length + 1]);
    all[more.length] = "protect.login.path=/login";
    return Node.settings(all);
  }

  private Node start(Settings settings, Consumer<Context> application) {
    return Node.start(settings, memory.open(settings.session()), Clock.systemUTC(), application);
  }

  private static String verdict(HttpResponse<?> response) {
    return response.headers().firstValue("Captcha-Verdict").orElse("none");
  }
}
