package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.apache.catalina.Context;
import org.apache.shiro.realm.SimpleAccountRealm;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
import org.apache.shiro.web.session.mgt.DefaultWebSessionManager;
import org.junit.jupiter.api.Test;

/** Beside Shiro with native sessions, which has sessions of its own behind its filter. */
class ShiroTest {

  private final SharedMemory memory = new SharedMemory();
  private final SessionStore store = memory.open(Node.settings().session());
  private final Browser browser = new Browser();

  @Test
  void beforeShiroTheCaptchaWorksAndTheApplicationHasShirosSession() {
    try (Node issuing = node("order=first");
        Node verifying = node("order=first")) {
      assertThat(passes(issuing, verifying)).isEqualTo(Application.LET_THROUGH + " ada");

      assertThat(browser.get(issuing, "/count").body()).isEqualTo("1");
      assertThat(browser.get(issuing, "/count").body()).isEqualTo("2");
      assertThat(browser.get(verifying, "/count").body()).isEqualTo("1");
    }
  }

  @Test
  void behindShiroTheCaptchaWorksAndTheApplicationHasTheStoresSession() {
    try (Node issuing = node("order=after:shiro");
        Node verifying = node("order=after:shiro")) {
      assertThat(passes(issuing, verifying)).isEqualTo(Application.LET_THROUGH + " ada");

      assertThat(browser.get(issuing, "/count").body()).isEqualTo("1");
      assertThat(browser.get(issuing, "/count").body()).isEqualTo("2");
      assertThat(browser.get(verifying, "/count").body()).isEqualTo("3");
    }
  }

  private String passes(Node issuing, Node verifying) {
    String id = browser.get(issuing, "/page").body().split(" ", -1)[0];
    String answer = Peek.answer(store, browser.sessionId(), id);
    HttpResponse<String> passed =
        browser.post(
            verifying, "/login", "captcha-id", id, "captcha-answer", answer, "username", "ada");
    assertThat(
            browser
                .post(issuing, "/login", "captcha-id", id, "captcha-answer", answer)
                .statusCode())
        .isEqualTo(422);
    return passed.body();
  }

  private Node node(String order) {
    Settings settings = Node.settings("protect.login.path=/login", order);
    return Node.start(
        settings, memory.open(settings.session()), Clock.systemUTC(), ShiroTest::install);
  }

  private static void install(Context context) {
    Application.install(context);
    Application.servlet(context, "/count", ShiroTest::count);
    Application.filter(context, "shiro", new Shiro());
  }

  private static void count(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Integer before = (Integer) request.getSession().getAttribute("count");
    int count = before == null ? 1 : before + 1;
    request.getSession().setAttribute("count", count);
    response.getWriter().print(count);
  }

  private static final class Shiro extends AbstractShiroFilter {

    @Override
    public void init() {
      DefaultWebSecurityManager manager = new DefaultWebSecurityManager(new SimpleAccountRealm());
      DefaultWebSessionManager sessions = new DefaultWebSessionManager();
      sessions.setSessionValidationSchedulerEnabled(false);
      manager.setSessionManager(sessions);
      setSecurityManager(manager);
    }
  }
}
