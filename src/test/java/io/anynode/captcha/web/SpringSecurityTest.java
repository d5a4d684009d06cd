package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** Before Spring Security, set up as its section in the chapter json-api.md says. */
class SpringSecurityTest {

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings = Node.settings("protect.login.path=/login");
  private final SessionStore store = memory.open(settings.session());
  private final Passwords passwords = new Passwords();
  private final Node first = node();
  private final Node second = node();
  private final Browser browser = new Browser();

  @AfterEach
  void stop() {
    first.close();
    second.close();
    store.close();
  }

  @Test
  void aWrongAnswerNeverGetsToThePassword() {
    Page page = page(first);
    HttpResponse<String> refused = login(second, page, "wrong", "lovelace");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
    assertThat(passwords.checked()).isZero();
    assertThat(isLoggedIn(first)).isFalse();
  }

  @Test
  void aRightAnswerAndPasswordLogInOnTheOtherNode() {
    HttpResponse<String> passed = login(second, page(first), null, "lovelace");

    assertThat(passed.statusCode()).isEqualTo(302);
    assertThat(passwords.checked()).isEqualTo(1);
    assertThat(isLoggedIn(first)).isTrue();
    assertThat(isLoggedIn(second)).isTrue();
  }

  @Test
  void aRightAnswerLeavesTheRestToThePassword() {
    HttpResponse<String> failed = login(second, page(first), null, "byron");

    assertThat(failed.headers().firstValue("Location").orElse("")).contains("/login.jsp?error");
    assertThat(passwords.checked()).isEqualTo(1);
    assertThat(isLoggedIn(first)).isFalse();
  }

  @Test
  void theSessionsNewIdAtLoginLosesNoChallengeAndBringsNoneBack() {
    Page answered = page(first);
    Page otherTab = page(first);
    String before = browser.sessionId();
    String otherAnswer = Peek.answer(store, before, otherTab.id());
    String answer = Peek.answer(store, before, answered.id());
    login(second, answered, answer, "lovelace");

    assertThat(browser.sessionId()).isNotEqualTo(before);
    assertThat(store.sessions().findById(before)).isNull();
    Page again = page(second);
    assertThat(
            login(first, new Page(answered.id(), again.csrf()), answer, "lovelace")
                .headers()
                .firstValue("Captcha-Verdict"))
        .hasValue("USED");
    assertThat(
            login(first, new Page(otherTab.id(), again.csrf()), otherAnswer, "lovelace")
                .statusCode())
        .isEqualTo(302);
  }

  @Test
  void aLogoutEndsTheSessionOnEachNode() {
    login(second, page(first), null, "lovelace");
    String session = browser.sessionId();
    Page page = page(first);
    HttpResponse<String> out = browser.post(second, "/logout", "_csrf", page.csrf());

    assertThat(out.headers().firstValue("Location").orElse("")).contains("logout");
    assertThat(store.sessions().findById(session)).isNull();
    assertThat(isLoggedIn(first)).isFalse();
    assertThat(login(second, page(first), null, "lovelace").statusCode()).isEqualTo(302);
  }

  /** Everything needs a login and a token against forgery, and the endpoints neither. */
  @Test
  void theEndpointsAreAnsweredWithoutALogin() {
    assertThat(browser.post(first, "/captcha/challenges").statusCode()).isEqualTo(201);
    assertThat(browser.get(second, "/captcha/health").statusCode()).isEqualTo(200);
    assertThat(browser.get(second, "/anything").headers().firstValue("Location").orElse(""))
        .contains("/login.jsp");
  }

  @Test
  void theChapterShowsWhatRunsHere() throws IOException {
    String chapter = Files.readString(Path.of("src/site/markdown/json-api.md"));
    String section = chapter.substring(chapter.indexOf("## Spring Security"));
    var code = Pattern.compile("(?s)```java\n(.*?)```").matcher(section);
    assertThat(code.find()).isTrue();
    String here =
        Files.readString(Path.of("src/test/java/io/anynode/captcha/web/SpringSecurityTest.java"));
    assertThat(unspaced(here)).contains(unspaced(code.group(1)));
  }

  private static String unspaced(String code) {
    return code.replaceAll("\\s", "");
  }

  /** What a login page holds. */
  private record Page(String id, String csrf) {}

  private Page page(Node node) {
    String[] parts = browser.get(node, "/login.jsp").body().split(" ", -1);
    return new Page(parts[0], parts[1]);
  }

  /** Sends the form; an answer that is null stands for the right one. */
  private HttpResponse<String> login(
      Node node, Page page, @Nullable String answer, String password) {
    return browser.post(
        node,
        "/login",
        "captcha-id",
        page.id(),
        "captcha-answer",
        answer == null ? Peek.answer(store, browser.sessionId(), page.id()) : answer,
        "username",
        "ada",
        "password",
        password,
        "_csrf",
        page.csrf());
  }

  private boolean isLoggedIn(Node node) {
    return browser.get(node, "/who").body().equals("ada");
  }

  private Node node() {
    return Node.start(settings, memory.open(settings.session()), Clock.systemUTC(), this::install);
  }

  private void install(Context context) {
    Application.servlet(context, "/login.jsp", SpringSecurityTest::loginPage);
    Application.servlet(
        context,
        "/who",
        (request, response) -> response.getWriter().print(request.getRemoteUser()));
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(Security.class);
    spring.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("passwords", passwords));
    Application.filter(
        context,
        "springSecurityFilterChain",
        new DelegatingFilterProxy("springSecurityFilterChain", spring));
  }

  private static void loginPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
    CsrfToken csrf = (CsrfToken) request.getAttribute("_csrf");
    response.getWriter().print(captcha.getId() + " " + csrf.getToken());
  }

  /** An application's own. */
  @Configuration
  @EnableWebSecurity
  static class Security {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers("/captcha/**", "/login.jsp")
                      .permitAll()
                      .anyRequest()
                      .authenticated())
          .formLogin(form -> form.loginPage("/login.jsp").loginProcessingUrl("/login").permitAll());
      return http.build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          List.of(User.withUsername("ada").password("lovelace").roles("USER").build()));
    }
  }

  /** Plain ones; each comparison is counted. */
  private static final class Passwords implements PasswordEncoder {

    private final AtomicInteger checked = new AtomicInteger();

    int checked() {
      return checked.get();
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence raw) {
      return raw == null ? null : raw.toString();
    }

    @Override
    public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
      checked.incrementAndGet();
      return encoded != null && encoded.contentEquals(String.valueOf(raw));
    }
  }
}
