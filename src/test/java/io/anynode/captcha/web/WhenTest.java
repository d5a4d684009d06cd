package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.session.AtOnce;
import io.anynode.captcha.web.TwoLimitedNodes.Store;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A captcha that is asked for only once logins have failed, over two nodes. */
class WhenTest {

  private static final String HOME = "192.0.2.1";
  private static final String AWAY = "198.51.100.1";

  @TempDir Path folder;
  private final AtomicInteger reached = new AtomicInteger();

  private void application(Context context) {
    Application.install(context);
    Pages.enable(context);
    Pages.enableTags(context);
    Pages.add(
        context,
        "/form.jsp",
        "<%@ page session=\"false\" %><%@ taglib prefix=\"captcha\" uri=\"urn:anynode:captcha\" %>"
            + "needed=${captcha.needed} [<captcha:widget/><captcha:id/>]");
    Application.servlet(context, "/enter", this::login);
  }

  private void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
    reached.incrementAndGet();
    if ("right".equals(request.getParameter("password"))) {
      response.sendRedirect("welcome");
      return;
    }
    switch (Objects.requireNonNullElse(request.getParameter("by"), "redirect")) {
      case "status" -> response.sendError(401);
      case "attribute" -> request.setAttribute("loginFailed", true);
      case "async" -> {
        AsyncContext async = request.startAsync();
        async.start(
            () -> {
              response.setStatus(401);
              async.complete();
            });
      }
      case "exception" -> throw new IllegalStateException("no such user");
      default -> response.sendRedirect("form.jsp?x=1&error");
    }
  }

  private TwoLimitedNodes nodes(Store store, String when, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "protect.login.path=/enter",
                "protect.login.when=" + when,
                "protect.login.failed=redirect:/form.jsp?error,status:401,attribute:loginFailed"));
    settings.addAll(List.of(more));
    return new TwoLimitedNodes(store, folder, this::application, settings.toArray(new String[0]));
  }

  private static HttpResponse<String> login(
      TwoLimitedNodes nodes, Browser browser, int node, String client, String form) {
    return browser.send(
        browser
            .request(nodes.node(node), "/enter")
            .header("X-Forwarded-For", client)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static HttpResponse<String> wrong(
      TwoLimitedNodes nodes, int node, String client, String account) {
    return login(nodes, new Browser(), node, client, "password=x&username=" + account);
  }

  private static void assertAsked(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Captcha-Verdict")).hasValue("MISSING");
  }

  private static void assertLetThrough(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(302);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void afterSoManyFailuresTheAccountAndTheAddressNeedOne(Store store) {
    try (TwoLimitedNodes nodes = nodes(store, "after-failures:3")) {
      for (int i = 0; i < 3; i++) {
        assertLetThrough(wrong(nodes, i, HOME, "bob"));
      }

      for (int node = 0; node < 2; node++) {
        assertAsked(wrong(nodes, node, HOME, "bob"));
        assertAsked(wrong(nodes, node, HOME, "alice"));
        assertAsked(wrong(nodes, node, AWAY, "bob"));
      }
      assertLetThrough(wrong(nodes, 1, AWAY, "alice"));
      assertThat(reached).hasValue(4);

      Browser browser = new Browser();
      nodes.get(browser, 0, "/captcha/image", HOME);
      String answer = Peek.answerOfImage(nodes.store, browser.sessionId());
      assertLetThrough(
          login(nodes, browser, 1, HOME, "password=right&username=bob&captcha-answer=" + answer));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void ofManyAtOnceNoMoreGetThroughThanMayFail(Store store) throws Exception {
    try (TwoLimitedNodes nodes = nodes(store, "after-failures:3");
        AtOnce callers = new AtOnce()) {
      callers.rounds(12, 1, (caller, round) -> wrong(nodes, caller, HOME, "bob").statusCode());

      assertThat(reached).hasValueLessThanOrEqualTo(3);
      assertThat(reached).hasValueGreaterThanOrEqualTo(store == Store.FILE ? 0 : 1);
    }
  }

  @Test
  void whoHidesOrVariesTheAccountGainsNothing() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "after-failures:2")) {
      assertLetThrough(wrong(nodes, 0, "192.0.2.1", "bob"));
      assertLetThrough(wrong(nodes, 1, "192.0.2.2", "+BOB+"));
      assertAsked(wrong(nodes, 0, "192.0.2.3", "Bob"));

      assertAsked(login(nodes, new Browser(), 0, AWAY, "password=x&username=a&username=bob"));
      assertAsked(login(nodes, new Browser(), 0, AWAY, "password=x&username="));
      assertAsked(login(nodes, new Browser(), 0, AWAY, "password=x"));
    }
  }

  @Test
  void aLoginThatSucceedsIsNotCounted() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "after-failures:2")) {
      for (int i = 0; i < 6; i++) {
        assertLetThrough(
            login(nodes, new Browser(), i, HOME, "password=right&username=bob&captcha-answer=no"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "attribute", "redirect", "async", "exception"})
  void theApplicationSaysInItsOwnWayThatALoginHasFailed(String by) {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "after-failures:1")) {
      login(nodes, new Browser(), 0, HOME, "username=bob&by=" + by);

      await().untilAsserted(() -> assertAsked(wrong(nodes, 1, AWAY, "bob")));
    }
  }

  @Test
  void failuresAreForgotten() {
    try (TwoLimitedNodes nodes =
        nodes(Store.MEMORY, "after-failures:1", "protect.login.forget=1s")) {
      assertLetThrough(wrong(nodes, 0, HOME, "bob"));
      assertAsked(wrong(nodes, 1, HOME, "bob"));

      await().untilAsserted(() -> assertLetThrough(wrong(nodes, 1, HOME, "bob")));
    }
  }

  @Test
  void whenTheCountCannotBeReadTheCaptchaIsNeeded() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "after-failures:3")) {
      nodes.stores.get(0).goDown();

      HttpResponse<String> page = nodes.get(new Browser(), 0, "/form.jsp", HOME);
      HttpResponse<String> login = wrong(nodes, 0, HOME, "bob");

      assertThat(page.statusCode()).isEqualTo(503);
      assertAsked(login);
      assertThat(reached).hasValue(0);
    }
  }

  @Test
  void thePageKnowsWhetherOneIsNeededAndShowsNothingIfNot() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "after-failures:1")) {
      Browser browser = new Browser();
      assertThat(nodes.get(browser, 0, "/form.jsp", HOME).body()).isEqualTo("needed=false []");
      assertThat(browser.cookies()).isEmpty();

      wrong(nodes, 0, HOME, "bob");

      assertThat(nodes.get(browser, 1, "/form.jsp", HOME).body())
          .startsWith("needed=true [<div")
          .contains("captcha-answer");
      assertThat(nodes.get(browser, 1, "/form.jsp", AWAY).body()).startsWith("needed=false");
      assertThat(nodes.get(browser, 1, "/form.jsp?username=bob", AWAY).body())
          .startsWith("needed=true");
      assertThat(nodes.get(browser, 1, "/form.jsp?captcha-verdict=MISSING", AWAY).body())
          .startsWith("needed=true");
    }
  }

  @Test
  void guessingOneAccountFromManyAddressesIsSuspicious() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "suspicious")) {
      for (int i = 0; i < 3; i++) {
        assertLetThrough(wrong(nodes, i, "192.0.2." + i, "bob"));
      }
      assertAsked(wrong(nodes, 1, AWAY, "bob"));
      assertLetThrough(wrong(nodes, 1, HOME, "alice"));
    }
  }

  @Test
  void manyAccountsFromOneAddressOrOneNetworkAreSuspicious() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "suspicious")) {
      for (int i = 0; i < 10; i++) {
        assertLetThrough(wrong(nodes, i, HOME, "user" + i));
      }
      assertAsked(wrong(nodes, 0, HOME, "another"));
      for (int i = 0; i < 20; i++) {
        assertLetThrough(wrong(nodes, i, "192.0.2." + (100 + i), "other" + i));
      }
      assertAsked(wrong(nodes, 0, "192.0.2.200", "one-more"));
      assertLetThrough(wrong(nodes, 0, AWAY, "one-more"));
    }
  }

  @Test
  void whoIsNearALimitIsSuspicious() {
    try (TwoLimitedNodes nodes = nodes(Store.MEMORY, "suspicious", "rate.issue=4/1m")) {
      for (int i = 0; i < 3; i++) {
        nodes.image(0, HOME);
      }
      assertAsked(wrong(nodes, 0, HOME, "bob"));
      assertLetThrough(wrong(nodes, 0, AWAY, "bob"));
    }
  }
}
