package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.web.Peek;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Before Jakarta Security and Spring Security 6, set up as the chapter json-api.md says, on two
 * Tomcats; {@code SpringSecurityTest} has Spring Security 7.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuritySamplesIT {

  private static final String JAKARTA = "/jakarta-security/";
  private static final String SPRING = "/spring-security/";
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private RealContainer first;
  private RealContainer second;
  private SessionStore store;
  private Visitor visitor;

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
    Node one = new Node().settings(settings);
    Node other = new Node().settings(settings);
    for (String sample : List.of("jakarta-security", "spring-security")) {
      Path war = SampleWar.ofJakarta(sample).withProperties().jar(DropinJar.path()).write(wars);
      one.war(war);
      other.war(war);
    }
    first = RealContainer.start(Tomcat.line("10.1"), one);
    second = RealContainer.start(Tomcat.line("11"), other);
    for (RealContainer node : List.of(first, second)) {
      node.await(JAKARTA + "captcha/health", 200);
      node.await(SPRING + "captcha/health", 200);
    }
  }

  @AfterAll
  void stop() {
    RealContainer.closeAll(first, second);
    if (store != null) {
      store.close();
    }
  }

  @BeforeEach
  void visit() {
    visitor = new Visitor();
  }

  @Test
  void jakartaSecurityLooksAtAPasswordOnlyAfterARightAnswer() {
    assertThat(get(second, JAKARTA + "account").header("Location")).contains("/login.jsp");

    Answer refused = login(JAKARTA, "wrong", "demo");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Captcha-Verdict")).isEqualTo("WRONG");
    assertThat(get(second, JAKARTA + "checked").text()).isEqualTo("0");

    assertThat(login(JAKARTA, null, "demi").header("Location")).contains("/login.jsp?failed");
    assertThat(get(second, JAKARTA + "checked").text()).isEqualTo("1");

    assertThat(login(JAKARTA, null, "demo").header("Location")).contains("/account");
    assertThat(get(second, JAKARTA + "account").text()).isEqualTo("The account of demo");
  }

  /** Its initializer puts its filters before all others as well, and is called after ours. */
  @Test
  void springSecurityLooksAtAPasswordOnlyAfterARightAnswerAndBothNodesKnowWhoIsThere() {
    assertThat(get(second, SPRING + "account").header("Location")).contains("/login.jsp");
    assertThat(visitor.post(first.url(SPRING + "captcha/challenges"), Map.of()).status())
        .isEqualTo(201);

    Answer refused = login(SPRING, "wrong", "demo");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Captcha-Verdict")).isEqualTo("WRONG");

    assertThat(login(SPRING, null, "demi").header("Location")).contains("/login.jsp?error");
    assertThat(login(SPRING, null, "demo").header("Location")).contains("/account");
    assertThat(get(second, SPRING + "account").text()).isEqualTo("demo 2");
    assertThat(get(first, SPRING + "account").text()).isEqualTo("demo 0");
  }

  /**
   * Opens the page on the first node and sends the form to the second; null is the right answer.
   */
  private Answer login(String application, @Nullable String answer, String password) {
    Answer shown = get(first, application + "login.jsp");
    Page page = Visitor.page(shown);
    Map<String, String> form = new TreeMap<>();
    form.put("username", "demo");
    form.put("password", password);
    form.put("captcha-id", page.id());
    form.put(
        "captcha-answer",
        answer == null ? Peek.answer(store, visitor.sessionId(), page.id()) : answer);
    Matcher token = TOKEN.matcher(shown.text());
    if (token.find()) {
      form.put("_csrf", token.group(1));
    }
    return visitor.post(second.url(application + "login"), form);
  }

  private Answer get(RealContainer node, String path) {
    return visitor.get(node.url(path));
  }
}
