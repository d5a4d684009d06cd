package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An application whose container asks for the login, before any filter. */
@TestInstance(Lifecycle.PER_CLASS)
class FormLoginWithoutValveTest {

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings =
      Node.settings("protect.login.path=/j_security_check", "protect.own.path=/login");
  private final SessionStore store = memory.open(settings.session());
  private final Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node =
        Node.start(
            settings,
            memory.open(settings.session()),
            Clock.systemUTC(),
            FormLoginWithoutValveTest::application);
  }

  @AfterAll
  void stop() {
    node.close();
    store.close();
  }

  private static void application(Context context) {
    Application.install(context);
    Application.servlet(
        context,
        "/inside",
        (request, response) -> response.getWriter().print(request.getRemoteUser() + " is inside"));
    SecurityCollection inside = new SecurityCollection();
    inside.addPattern("/inside");
    SecurityConstraint members = new SecurityConstraint();
    members.addCollection(inside);
    members.addAuthRole("member");
    context.addConstraint(members);
    context.addSecurityRole("member");
    context.setLoginConfig(new LoginConfig("FORM", "members", "/page", "/page"));
    context.setRealm(new OneMember());
    context.getPipeline().addValve(new FormAuthenticator());
  }

  @Test
  void theContainersLoginPageHasACaptchaWhoseAnswerCounts() {
    HttpResponse<String> login = browser.get(node, "/inside");
    String[] page = login.body().split(" ", -1);

    assertThat(login.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> picture = browser.bytes(node, page[1]);
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
    String answer = Peek.answer(store, browser.sessionId(), page[0]);
    assertThat(browser.post(node, "/login", "captcha-id", page[0], "captcha-answer", answer).body())
        .startsWith(Application.LET_THROUGH);
  }

  /** Tomcat handles it in a valve, so nothing that stands among the filters can refuse it. */
  @Test
  void aGuardOnTheContainersLoginDoesNotSeeIt() {
    Browser visitor = new Browser();
    visitor.get(node, "/inside");
    HttpResponse<String> response =
        visitor.post(node, "/j_security_check", "j_username", "demo", "j_password", "pass-word");

    assertThat(response.statusCode()).isIn(302, 303);
    assertThat(response.headers().firstValue("Captcha-Verdict")).isEmpty();
    assertThat(visitor.get(node, "/inside").body()).isEqualTo("demo is inside");
  }

  private static final class OneMember extends RealmBase {

    @Override
    protected @Nullable String getPassword(String name) {
      return name.equals("demo") ? "pass-word" : null;
    }

    @Override
    protected Principal getPrincipal(String name) {
      return new GenericPrincipal(name, List.of("member"));
    }
  }
}
