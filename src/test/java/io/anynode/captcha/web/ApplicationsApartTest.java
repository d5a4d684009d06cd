package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

/** Several applications in one container, over one store. */
class ApplicationsApartTest {

  private final SharedMemory memory = new SharedMemory();

  /** It has no paths for its cookies, so it sends to one application what another has set. */
  private final Browser browser = new Browser();

  @Test
  void aSessionOfOneApplicationIsNoneOfAnother() {
    try (Node node = node("/a", "/b")) {
      assertThat(browser.get(node, "/a/user?name=ada").body()).isEqualTo("ada");
      Map<String, String> ofA = Map.copyOf(browser.cookies());

      HttpResponse<String> onB = browser.get(node, "/b/user");

      assertThat(onB.body()).isEqualTo("null");
      assertThat(onB.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Path=/b");
      ofA.forEach(browser::cookie);
      assertThat(browser.get(node, "/a/user").body()).isEqualTo("ada");
    }
  }

  @Test
  void aChallengeOfOneApplicationIsNotAnsweredInAnother() {
    try (Node node = node("/a", "/b")) {
      String id = browser.get(node, "/a/page").body().split(" ", -1)[0];
      String answer = Peek.answer(memory.open(Node.settings().session()), browser.sessionId(), id);
      String[] form = {"captcha-id", id, "captcha-answer", answer};

      assertThat(browser.get(node, "/b/captcha/" + id + ".png").statusCode()).isEqualTo(404);
      assertThat(verdict(browser.post(node, "/b/login", form))).isEqualTo("MISSING");
      assertThat(browser.post(node, "/a/login", form).body()).startsWith(Application.LET_THROUGH);
    }
  }

  @Test
  void theRootsCookieWhichABrowserSendsToAllIsNotTakenByOthers() {
    try (Node node = node("", "/b")) {
      browser.get(node, "/user?name=ada");
      String root = Objects.requireNonNull(browser.cookies().get("SESSION"));
      assertThat(browser.get(node, "/b/user?name=bob").body()).isEqualTo("bob");
      String both = "SESSION=" + browser.cookies().get("SESSION") + "; SESSION=" + root;

      assertThat(raw(node, "/b/user", both)).endsWith("bob").doesNotContain("Set-Cookie");
      assertThat(raw(node, "/user", both)).endsWith("ada").doesNotContain("Set-Cookie");
    }
  }

  @Test
  void oneCookiePathJoinsThem() {
    try (Node node = node("/a", "/b", "session.cookie.path=/")) {
      browser.get(node, "/a/user?name=ada");
      assertThat(browser.get(node, "/b/user").body()).isEqualTo("ada");
    }
  }

  @Test
  void theNodesOfOneApplicationAgreeHoweverTheirPathIsSet() {
    try (Node first = node("/a", "/b");
        Node second = node("/a", "/b", "session.cookie.path=/a")) {
      browser.get(first, "/a/user?name=ada");
      assertThat(browser.get(second, "/a/user").body()).isEqualTo("ada");
    }
  }

  private Node node(String one, String other, String... properties) {
    String[] all = Arrays.copyOf(properties, properties.length + 1);
    all[properties.length] = "protect.login.path=/login";
    Settings settings = Node.settings(all);
    return Node.start(
        settings,
        own -> memory.open(own.session()),
        Clock.systemUTC(),
        ApplicationsApartTest::install,
        one,
        other);
  }

  private static void install(Context context) {
    Application.install(context);
    Application.servlet(context, "/user", ApplicationsApartTest::user);
  }

  private static void user(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String name = request.getParameter("name");
    if (name != null) {
      request.getSession().setAttribute("user", name);
    }
    response.getWriter().print(request.getSession().getAttribute("user"));
  }

  private static String raw(Node node, String path, String cookies) {
    return RawAnswer.of(node, "GET " + path + " HTTP/1.1", "Cookie: " + cookies).text();
  }

  private static String verdict(HttpResponse<?> response) {
    return response.headers().firstValue("Captcha-Verdict").orElse("none");
  }
}
