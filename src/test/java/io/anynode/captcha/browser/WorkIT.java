package io.anynode.captcha.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.anynode.captcha.server.RunningCluster;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The unmodified ALTCHA widget, and {@code solve()} without it, on four workers. The page is one of
 * an application's own, at a host that is no secure context, with the strictest policy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkIT {

  private static final String HOST = "login.example";
  private static final String POLICY = "default-src 'self'";

  private static final String FORM =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Log in</title>
      <script type="module" src="/captcha/work.js"></script>
      <script type="module" src="/captcha/altcha/altcha.min.js"></script>
      <link rel="stylesheet" href="/captcha/altcha/altcha.css">
      </head><body><form action="%s" method="post">
      <input name="username" value="demo"><input name="password" value="demo">
      <altcha-widget challenge="/captcha/altcha.json"></altcha-widget>
      <button>Log in</button>
      </form></body></html>
      """;

  private RunningCluster cluster;
  private Chromium chromium;

  @BeforeAll
  void start() {
    chromium =
        Chromium.start(
            "--host-resolver-rules=MAP " + HOST + " 127.0.0.1",
            // Else a page from here, which is from nowhere, could not ask this machine.
            "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests");
    cluster =
        RunningCluster.with("--workers", "4")
            .property("captcha.offer", "picture,work")
            .property("captcha.work.difficulty", "100")
            .start();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** A visitor, whose page tells what the policy has stopped. */
  private BrowserContext visitor() {
    return visitor("/login");
  }

  /** The same, whose form goes to this address. */
  private BrowserContext visitor(String login) {
    BrowserContext visitor = chromium.browser().newContext();
    visitor.addInitScript(
        "window.stopped = [];"
            + "addEventListener('securitypolicyviolation', e => stopped.push(e.violatedDirective"
            + " + ' ' + e.blockedURI));");
    visitor.route(
        "**/form.html",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setHeaders(Map.of("Content-Security-Policy", POLICY))
                    .setBody(FORM.formatted(login))));
    return visitor;
  }

  private String url(String host, String path) {
    return url(cluster.url(), host, path);
  }

  private static String url(URI server, String host, String path) {
    return "http://" + host + ":" + server.getPort() + path;
  }

  @ParameterizedTest
  @ValueSource(strings = {HOST, "127.0.0.1"})
  void theWidgetDoesTheWorkAndEachPartIsAnsweredByAnotherWorker(String host) {
    List<URI> workers = cluster.workers().stream().map(RunningCluster.Worker::url).toList();
    try (BrowserContext visitor = visitor(url(workers.get(2), host, "/login"))) {
      Page page = visitor.newPage();
      List<Response> responses = new ArrayList<>();
      // A cookie does not know ports, so the session is the same on all.
      String first = servedBy(page.navigate(url(workers.get(0), host, "/login.jsp")));
      page.navigate(url(workers.get(1), host, "/form.html"));
      page.onResponse(responses::add);

      solveByWidget(page);
      page.click("button");
      page.waitForURL("**/welcome.jsp");

      assertThat(page.textContent("body")).contains("demo");
      String json = servedBy(find(responses, "/captcha/altcha.json"));
      String form = servedBy(find(responses, "/login"));
      assertThat(Set.of(first, json, form)).hasSize(3);
    }
  }

  @Test
  void onPlainHttpThePageIsNoSecureContextAndItsScriptsAreToldSo() {
    try (BrowserContext visitor = visitor()) {
      Page page = visitor.newPage();
      page.navigate(url(HOST, "/form.html"));
      solveByWidget(page);

      assertThat(page.evaluate("isSecureContext")).isEqualTo(false);
      assertThat(page.evaluate("crypto.subtle === undefined")).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HOST, "127.0.0.1"})
  void aScriptHasTheWorkDoneWithoutAWidgetAndAReplayIsRefused(String host) {
    try (BrowserContext visitor = visitor()) {
      Page page = visitor.newPage();
      page.navigate(url(host, "/form.html"));
      String payload = solve(page);

      assertThat(login(page, payload)).isEqualTo("/welcome.jsp");
      assertThat(login(page, payload)).isEqualTo("USED");
      assertThat(stopped(page)).isEmpty();
    }
  }

  @Test
  void twoTabsHaveAChallengeEach() {
    try (BrowserContext visitor = visitor()) {
      List<Page> tabs = List.of(visitor.newPage(), visitor.newPage());
      tabs.forEach(tab -> tab.navigate(url(HOST, "/form.html")));
      tabs.forEach(WorkIT::solveByWidget);

      tabs.forEach(tab -> tab.click("button"));

      tabs.forEach(tab -> tab.waitForURL("**/welcome.jsp"));
    }
  }

  @Test
  void aScriptIsToldOfAChallengeThatIsNoMore() {
    try (BrowserContext visitor = visitor()) {
      Page page = visitor.newPage();
      page.navigate(url(HOST, "/form.html"));

      assertThat(
              page.evaluate(
                  "async () => { const {solve} = await import('/captcha/work.js'); try {"
                      + " await solve('/captcha/none.json'); } catch (e) { return e.status; } }"))
          .isEqualTo(404);
    }
  }

  @Test
  void whereNoWorkerMayBeStartedThePageDoesTheWorkItself() {
    try (BrowserContext visitor = visitor()) {
      visitor.route(
          "**/no-worker.html",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("text/html")
                      .setHeaders(Map.of("Content-Security-Policy", POLICY + "; worker-src 'none'"))
                      .setBody("<!DOCTYPE html><title>No worker</title>")));
      Page page = visitor.newPage();
      page.navigate(url(HOST, "/no-worker.html"));

      assertThat(login(page, solve(page))).isEqualTo("/welcome.jsp");
    }
  }

  private static void solveByWidget(Page page) {
    page.press("altcha-widget input[type=checkbox]", "Space");
    page.waitForSelector(".altcha[data-state=verified]");
    assertThat(page.evaluate("document.querySelector('input[name=altcha]').value"))
        .asString()
        .isNotEmpty();
    assertThat(page.evaluate("document.querySelector('altcha-widget').getState()"))
        .isEqualTo("verified");
    assertThat(stopped(page)).isEmpty();
  }

  private static String solve(Page page) {
    return (String)
        page.evaluate(
            "async () => (await import('/captcha/work.js')).solve('/captcha/altcha.json')");
  }

  /** What becomes of a form with nothing but the user's name, the password and this. */
  private static String login(Page page, String payload) {
    return (String)
        page.evaluate(
            "async altcha => { const r = await fetch('/login', {method: 'POST',"
                + " body: new URLSearchParams({username: 'demo', password: 'demo', altcha})});"
                + " return r.headers.get('captcha-verdict') ?? new URL(r.url).pathname; }",
            payload);
  }

  private static List<?> stopped(Page page) {
    return (List<?>) page.evaluate("window.stopped");
  }

  private static Response find(List<Response> responses, String path) {
    return responses.stream()
        .filter(response -> response.url().endsWith(path))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    responses.stream().map(Response::url).collect(Collectors.joining(" "))));
  }

  private static String servedBy(Response response) {
    return Objects.requireNonNull(response.headers().get("x-served-by"));
  }
}
