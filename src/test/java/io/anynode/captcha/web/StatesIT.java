package io.anynode.captcha.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import io.anynode.captcha.browser.Chromium;
import io.anynode.captcha.browser.Looks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Each state of the widget in the demo's page: axe-core finds nothing, nothing is wider than the
 * window, the HTML is valid; and {@code target/screenshots} has a picture of it, to be looked at.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StatesIT {

  private final Looks looks = new Looks();
  private final List<BrowserContext> visitors = new ArrayList<>();
  private Chromium chromium;
  private Node asking;
  private Node offering;
  private Node adding;
  private Node working;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
    asking = demo("offer=picture,sound");
    offering = demo("offer=picture,sound,work");
    adding = demo("kind=sum", "offer=picture,work");
    working = demo("kind=work");
  }

  private static Node demo(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.addAll(List.of("session.store=memory", "test-mode=true", "secret=" + Peek.SECRET));
    return Node.startDemo(all.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
      List.of(asking, offering, adding, working).forEach(Node::close);
    }
  }

  @AfterEach
  void leave() {
    visitors.forEach(BrowserContext::close);
    visitors.clear();
  }

  @Test
  void fresh() {
    Page page = open(asking, wide());
    assertThat(page.locator(".captcha-refresh")).isVisible();
    looks.check(page, "fresh");
  }

  @Test
  void onAPhone() {
    looks.check(open(asking, phone()), "phone");
    Page page = open(asking, phone());
    refuse(page);
    looks.check(page, "phone-wrong");
  }

  @Test
  void fourTimesAsLarge() {
    NewContextOptions large =
        new NewContextOptions().setViewportSize(320, 256).setDeviceScaleFactor(4);
    looks.check(open(asking, large), "zoom-400");
  }

  @Test
  void busy() {
    Page page = open(asking, wide());
    page.route("**/captcha/challenges", route -> {});
    page.locator(".captcha-refresh").click();
    assertThat(page.locator("[data-captcha-state=busy] .captcha-status")).hasText("Loading…");
    looks.check(page, "busy");
  }

  @Test
  void busyWithoutMotion() {
    Page page = open(asking, wide().setReducedMotion(ReducedMotion.REDUCE));
    page.route("**/captcha/challenges", route -> {});
    page.locator(".captcha-refresh").click();
    assertThat(page.locator("[data-captcha-state=busy]")).isVisible();
    assertThat(
            page.locator(".captcha-status")
                .evaluate("e => getComputedStyle(e, '::before').animationName"))
        .isEqualTo("none");
    looks.check(page, "busy-without-motion");
  }

  @Test
  void wrong() {
    Page page = open(asking, wide());
    refuse(page);
    looks.check(page, "wrong");
  }

  @Test
  void used() {
    Page page = open(asking, wide());
    page.locator(".captcha-id")
        .evaluate(
            "async (id) => {"
                + " const body = new URLSearchParams({'captcha-id': id.value, 'captcha-answer': 'no'});"
                + " await fetch('login', {method: 'POST', body}); }");
    send(page, "PASSED", "demo");
    assertThat(page.locator(".captcha-error")).containsText("answered already");
    looks.check(page, "used");
  }

  @Test
  void renewed() {
    NewContextOptions options = wide();
    Page page = page(options);
    page.clock().install();
    open(page, asking);
    page.clock().fastForward("06:00");
    page.keyboard().type("d");
    assertThat(page.locator(".captcha-status"))
        .hasText("The time was over, so there is a new one.");
    looks.check(page, "renewed");
  }

  @Test
  void limited() {
    Page page = open(asking, wide());
    answerChallengesWith(page, 429, "30");
    page.locator(".captcha-refresh").click();
    assertThat(page.locator(".captcha-error"))
        .hasText(
            "There were too many attempts. Please wait a little, then try again. (in 30 seconds)");
    looks.check(page, "limited");
  }

  @Test
  void unavailableAndThenThereAgain() {
    Page page = page(wide());
    page.clock().install();
    open(page, asking);
    String before = page.locator(".captcha-id").inputValue();
    answerChallengesWith(page, 503, "2");
    page.clock().fastForward("04:50");
    page.keyboard().type("d");
    assertThat(page.locator(".captcha-error")).containsText("(in 2 seconds)");
    looks.check(page, "unavailable");
    page.unroute("**/captcha/challenges");
    page.clock().fastForward("00:15");
    assertThat(page.locator(".captcha-error")).isHidden();
    assertThat(page.locator(".captcha-id")).not().hasValue(before);
  }

  @Test
  void remembered() {
    Page page = open(asking, wide());
    send(page, "PASSED", "mistyped");
    assertThat(page.locator(".captcha-passed")).isVisible();
    looks.check(page, "remembered");
  }

  @Test
  void workingAndDone() {
    Page page = page(wide());
    List<Route> held = new ArrayList<>();
    page.route("**/captcha/*.json", held::add);
    open(page, offering);
    assertThat(page.locator("[data-captcha-state=working] .captcha-status")).isVisible();
    looks.check(page, "working");
    held.forEach(Route::resume);
    assertThat(page.locator("[data-captcha-state=solved]")).isVisible();
    assertThat(page.locator(".captcha-picture")).isHidden();
    looks.check(page, "done");
    page.setViewportSize(320, 640);
    looks.check(page, "done-phone");
  }

  @Test
  void workThatIsNotPossible() {
    Page page = page(wide());
    page.route("**/captcha/work.js", Route::abort);
    open(page, offering);
    assertThat(page.locator("[data-captcha-state=asked]")).isVisible();
    assertThat(page.locator(".captcha-answer")).hasAttribute("required", "");
    looks.check(page, "work-not-possible");
  }

  @Test
  void whoTypesSeesNothingGoAway() {
    Page page = page(wide());
    List<Route> held = new ArrayList<>();
    page.route("**/captcha/*.json", held::add);
    open(page, offering);
    page.locator(".captcha-answer").fill("AB");
    held.forEach(Route::resume);
    assertThat(page.locator("[data-captcha-state=solved]")).isVisible();
    assertThat(page.locator(".captcha-answer")).isFocused();
    looks.check(page, "done-while-typing");
  }

  @Test
  void aSum() {
    Page page = page(wide());
    page.route("**/captcha/work.js", Route::abort);
    open(page, adding);
    looks.check(page, "sum");
  }

  @Test
  void workAlone() {
    Page page = page(wide());
    List<Route> held = new ArrayList<>();
    page.route("**/captcha/*.json", held::add);
    open(page, working);
    assertThat(page.locator("[data-captcha-state=working]")).isVisible();
    looks.check(page, "work-alone");
    held.forEach(Route::resume);
    assertThat(page.locator("[data-captcha-state=solved]")).isVisible();
    looks.check(page, "work-alone-done");
  }

  /** A script of the page's own is not there, and axe-core, which is one, is. */
  @Test
  void withoutScript() {
    for (Node node : List.of(asking, working)) {
      String state = node == asking ? "without-script" : "without-script-work-alone";
      looks.picture(open(node, wide().setJavaScriptEnabled(false)), state);
      Page page = page(wide());
      page.route("**/widget.js", Route::abort);
      open(page, node);
      looks.check(page, state + "-of-ours");
    }
  }

  @Test
  void dark() {
    Page page = open(asking, wide().setColorScheme(ColorScheme.DARK));
    looks.check(page, "dark");
    refuse(page);
    looks.check(page, "dark-wrong");
    Page done = open(offering, wide().setColorScheme(ColorScheme.DARK));
    assertThat(done.locator("[data-captcha-state=solved]")).isVisible();
    looks.check(done, "dark-done");
  }

  @Test
  void aPageThatIsLightStaysLightInTheDark() {
    Page page = page(wide().setColorScheme(ColorScheme.DARK));
    written(page, "ltr");
    looks.check(page, "written-light-in-the-dark");
  }

  @Test
  void forcedColours() {
    Page page = open(asking, wide().setForcedColors(ForcedColors.ACTIVE));
    refuse(page);
    looks.check(page, "forced-colours");
    Page done = open(offering, wide().setForcedColors(ForcedColors.ACTIVE));
    assertThat(done.locator("[data-captcha-state=solved]")).isVisible();
    looks.check(done, "forced-colours-done");
  }

  @Test
  void rightToLeft() {
    for (String language : List.of("ar", "he")) {
      Page page = open(asking, wide().setLocale(language));
      refuse(page);
      assertThat(page.locator("[data-captcha]")).hasAttribute("dir", "rtl");
      looks.check(page, "right-to-left-" + language);
    }
    Page page = page(wide().setLocale("ar"));
    written(page, "rtl");
    looks.check(page, "written-right-to-left");
  }

  @Test
  void longWords() {
    for (String language : List.of("de", "ru", "ja")) {
      looks.check(open(asking, phone().setLocale(language)), "phone-" + language);
    }
  }

  @Test
  void aWrittenElementHasThePartsOfTheTag() {
    Page page = page(wide());
    written(page, "ltr");
    looks.check(page, "written");
    Object made = page.evaluate(PARTS);
    assertThat(made).isEqualTo(open(asking, wide()).evaluate(PARTS));
  }

  private static final String PARTS =
      """
      [...document.querySelectorAll('[data-captcha] *')].map((e) =>
          [e.tagName, e.id, e.className, e.name, e.type, e.alt, e.role, e.htmlFor, e.required,
           e.autocomplete, e.autocapitalize, e.getAttribute('aria-label'), e.textContent].join(' '))
          .sort().join('\\n')
      """;

  /** A page that no JSP writes. */
  private void written(Page page, String direction) {
    page.route(
        "**/written.html",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html;charset=UTF-8")
                    .setHeaders(Map.of("Content-Security-Policy", "default-src 'self'"))
                    .setBody(
                        """
                        <!DOCTYPE html>
                        <html lang="en" dir="%s"><head><meta charset="utf-8"><title>A form</title>
                        <link rel="stylesheet" href="/captcha/widget.css">
                        <script type="module" src="/captcha/widget.js"></script></head>
                        <body><main><h1>A form</h1><form action="/login" method="post">
                        <div data-captcha="/captcha"></div>
                        <button>Send</button></form></main></body></html>
                        """
                            .formatted(direction))));
    page.navigate(asking.url("/written.html"));
    assertThat(page.locator(".captcha-answer")).isVisible();
    assertThat(page.locator(".captcha-status")).isEmpty();
  }

  private static NewContextOptions wide() {
    return new NewContextOptions().setViewportSize(1100, 820);
  }

  private static NewContextOptions phone() {
    return new NewContextOptions().setViewportSize(320, 640).setDeviceScaleFactor(2);
  }

  private Page page(NewContextOptions options) {
    BrowserContext visitor = chromium.browser().newContext(options);
    visitors.add(visitor);
    return visitor.newPage();
  }

  private Page open(Node node, NewContextOptions options) {
    Page page = page(options);
    open(page, node);
    return page;
  }

  private static void open(Page page, Node node) {
    Response response = page.navigate(node.url("/login.jsp"));
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    ValidHtml.check(response.text());
  }

  private static void refuse(Page page) {
    send(page, "no", "demo");
    assertThat(page.locator(".captcha-error")).isVisible();
    assertThat(page.locator(".captcha-answer")).isFocused();
  }

  private static void send(Page page, String answer, String password) {
    page.locator("#username").fill("demo");
    page.locator("#password").fill(password);
    page.locator(".captcha-answer").fill(answer);
    Response response =
        page.waitForResponse("**/login", () -> page.locator("form > button").click());
    if (response.status() != 303) {
      page.waitForLoadState();
      ValidHtml.check(response.text());
    }
  }

  private static void answerChallengesWith(Page page, int status, String retryAfter) {
    page.route(
        "**/captcha/challenges",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("application/problem+json")
                    .setHeaders(Map.of("Retry-After", retryAfter))
                    .setBody("{}")));
  }
}
