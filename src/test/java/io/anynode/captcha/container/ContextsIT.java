package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drop-in jar in the container's own library folder, where every application would get it. */
class ContextsIT {

  private static final String LEAK = "memory leak";

  @TempDir Path wars;

  private Node node() {
    return new Node()
        .library(DropinJar.path())
        .war(OldApplication.war(Map.of()).write(wars, "named"))
        .war(OldApplication.war(Map.of()).write(wars, "other"))
        .setting("captcha.test-mode", "true");
  }

  @Test
  void itWorksForTheApplicationThatIsNamedAndTouchesNoOther() {
    Node node = node().setting("captcha.contexts", "/named");
    try (RealContainer container = RealContainer.start(Tomcat.line("10.1"), node)) {
      container.await("/named/captcha/health", 200).await("/other/plain.jsp", 200);
      assertThat(passes(container)).contains(OldApplication.WELCOME);
      assertUntouched(container, "/other");

      container.stop();
      assertThat(container.log()).doesNotContain(LEAK).contains("Anynode Captcha on node");
    }
  }

  @Test
  void itTouchesNoneWhenNoneIsNamedAndSaysSoOnce() {
    try (RealContainer container = RealContainer.start(Tomcat.line("10.1"), node())) {
      container.await("/named/plain.jsp", 200).await("/other/plain.jsp", 200);
      assertUntouched(container, "/named");
      assertUntouched(container, "/other");

      container.stop();
      assertThat(container.log())
          .containsOnlyOnce("captcha.contexts is not set")
          .doesNotContain("Anynode Captcha on node", LEAK);
    }
  }

  private static String passes(RealContainer container) {
    Visitor visitor = new Visitor();
    Page page = Visitor.page(visitor.get(container.url("/named/login.jsp")));
    Map<String, String> wrong = Map.of("captcha-id", page.id(), "captcha-answer", "wrong");
    assertThat(visitor.post(container.url("/named/login"), wrong).status()).isEqualTo(422);
    Page fresh = Visitor.page(visitor.get(container.url("/named/login.jsp")));
    return visitor
        .post(
            container.url("/named/login"),
            Map.of("username", "demo", "captcha-id", fresh.id(), "captcha-answer", "PASSED"))
        .text();
  }

  private static void assertUntouched(RealContainer container, String application) {
    Visitor visitor = new Visitor();
    Answer page = visitor.get(container.url(application + "/login.jsp"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Set-Cookie")).startsWith("JSESSIONID=");
    assertThat(page.headers().keySet()).noneMatch(name -> name.startsWith("captcha"));
    assertThat(visitor.get(container.url(application + "/captcha/health")).status()).isEqualTo(404);
    Answer form = visitor.post(container.url(application + "/login"), Map.of("username", "demo"));
    assertThat(form.text()).contains(OldApplication.WELCOME);
  }
}
