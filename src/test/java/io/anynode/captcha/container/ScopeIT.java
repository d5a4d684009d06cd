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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Only the captcha in the store: {@code captcha.war} and an old application with the drop-in jar,
 * on two Tomcats of different lines that keep the applications' sessions to themselves.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeIT {

  private RealContainer first;
  private RealContainer second;
  private SessionStore store;

  @BeforeAll
  void start(@TempDir Path wars, @TempDir Path sessions) {
    Map<String, String> settings =
        Map.of(
            "captcha.session.scope",
            "captcha",
            "captcha.session.cookie.name",
            "SESSION",
            "captcha.session.store",
            "file",
            "captcha.session.file.dir",
            sessions.toString(),
            "captcha.secret",
            Peek.SECRET);
    store = SharedStore.open(settings);
    Path old = OldApplication.war(Map.of()).library(DropinJar.path()).write(wars, "old");
    first = start(Tomcat.line("10.1"), old, settings);
    second = start(Tomcat.line("11"), old, settings);
    for (RealContainer node : new RealContainer[] {first, second}) {
      node.await("/captcha/captcha/health", 200).await("/old/captcha/health", 200);
    }
  }

  private static RealContainer start(
      Distribution distribution, Path old, Map<String, String> settings) {
    Path captcha = Path.of("target", "captcha.war");
    return RealContainer.start(distribution, new Node().war(captcha).war(old).settings(settings));
  }

  @AfterAll
  void stop() {
    RealContainer.closeAll(first, second);
    if (store != null) {
      store.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"/captcha/, 303", "/old/, 200"})
  void aChallengeOfOneNodeCountsOnceOnAnother(String application, int passed) {
    Visitor visitor = new Visitor();
    Page page = Visitor.page(visitor.get(first.url(application + "login.jsp")));
    assertThat(visitor.get(second.url(page.picture())).header("Content-Type"))
        .isEqualTo("image/png");
    String answer = Peek.answer(store, visitor.sessionId(), page.id());

    Answer login = send(visitor, second.url(application + "login"), page, answer);
    assertThat(login.status()).as(login.text()).isEqualTo(passed);
    assertThat(login.header("Set-Cookie")).contains("JSESSIONID=");

    for (RealContainer node : new RealContainer[] {first, second}) {
      Answer replay = send(visitor, node.url(application + "login"), page, answer);
      assertThat(replay.header("Captcha-Verdict")).isEqualTo("USED");
    }
    assertThat(Peek.session(store, visitor.sessionId()).getAttributeNames())
        .isNotEmpty() // the pages that the refusals show
        .allMatch(name -> name.startsWith("captcha."));
  }

  @Test
  void aLoginIsInTheContainerThatItWasMadeIn() {
    Visitor visitor = new Visitor();
    Page page = Visitor.page(visitor.get(first.url("/captcha/login.jsp")));
    String answer = Peek.answer(store, visitor.sessionId(), page.id());
    assertThat(send(visitor, second.url("/captcha/login"), page, answer).status()).isEqualTo(303);

    assertThat(visitor.get(second.url("/captcha/welcome.jsp")).status()).isEqualTo(200);
    assertThat(visitor.copy().get(first.url("/captcha/welcome.jsp")).status()).isEqualTo(302);
  }

  private static Answer send(Visitor visitor, URI login, Page page, String answer) {
    return visitor.post(
        login,
        Map.of(
            "username",
            "demo",
            "password",
            "demo",
            "captcha-id",
            page.id(),
            "captcha-answer",
            answer));
  }
}
