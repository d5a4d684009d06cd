package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.web.Peek;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Before Jakarta Security, set up as its section in the chapter json-api.md says: Soteria and Weld
 * in an application on two Tomcats.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JakartaSecurityIT {

  private static final String SAMPLE = "jakarta-security";

  private RealContainer first;
  private RealContainer second;
  private SessionStore store;
  private final Visitor visitor = new Visitor();

  @BeforeAll
  void start(@TempDir Path wars, @TempDir Path sessions) {
    Map<String, String> settings =
        Map.of(
            "captcha.session.store",
            "file",
            "captcha.session.file.dir",
            sessions.toString(),
            "captcha.secret",
            Peek.SECRET);
    store = SharedStore.open(settings);
    Path war = SampleWar.ofJakarta(SAMPLE).withProperties().jar(DropinJar.path()).write(wars);
    first = RealContainer.start(Tomcat.line("10.1"), new Node().war(war).settings(settings));
    second = RealContainer.start(Tomcat.line("11"), new Node().war(war).settings(settings));
    first.await("/" + SAMPLE + "/captcha/health", 200);
    second.await("/" + SAMPLE + "/captcha/health", 200);
  }

  @AfterAll
  void stop() {
    RealContainer.closeAll(first, second);
    if (store != null) {
      store.close();
    }
  }

  @Test
  void onlyARightAnswerGetsToThePasswordWhicheverNodeHasShownThePicture() {
    Answer turnedAway = visitor.get(url(second, "account"));
    assertThat(turnedAway.header("Location")).contains("/login.jsp");

    Page page = Visitor.page(visitor.get(url(first, "login.jsp")));
    Answer refused = login(page, "wrong", "demo");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Captcha-Verdict")).isEqualTo("WRONG");
    assertThat(visitor.get(url(second, "checked")).text()).isEqualTo("0");

    Page again = Visitor.page(visitor.get(url(first, "login.jsp")));
    Answer mistyped = login(again, answer(again), "demi");
    assertThat(mistyped.header("Location")).contains("/login.jsp?failed");
    assertThat(visitor.get(url(second, "checked")).text()).isEqualTo("1");

    Page last = Visitor.page(visitor.get(url(first, "login.jsp")));
    String right = answer(last);
    assertThat(login(last, right, "demo").header("Location")).contains("/account");
    assertThat(visitor.get(url(second, "account")).text()).isEqualTo("The account of demo");
    assertThat(login(last, right, "demo").header("Captcha-Verdict")).isEqualTo("USED");
  }

  private Answer login(Page page, String answer, String password) {
    return visitor.post(
        url(second, "login"),
        Map.of(
            "username",
            "demo",
            "password",
            password,
            "captcha-id",
            page.id(),
            "captcha-answer",
            answer));
  }

  private String answer(Page page) {
    return Peek.answer(store, visitor.sessionId(), page.id());
  }

  private static URI url(RealContainer node, String path) {
    return node.url("/" + SAMPLE + "/" + path);
  }
}
