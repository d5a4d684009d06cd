package io.anynode.captcha.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.anynode.captcha.browser.LoginPage.answer;
import static io.anynode.captcha.browser.LoginPage.assertWelcome;
import static io.anynode.captcha.browser.LoginPage.fill;
import static io.anynode.captcha.browser.LoginPage.id;
import static io.anynode.captcha.browser.LoginPage.submit;
import static io.anynode.captcha.browser.LoginPage.withoutWork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitUntilState;
import io.anynode.captcha.server.RunningCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What goes wrong at a login page costs its visitor nothing that was typed, and says what to do.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KindnessIT {

  private static final String SECRET = "what the other server's client sends";

  private Chromium chromium;
  private Visitors visitors;
  private RunningCluster cluster;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
    visitors = new Visitors(chromium);
    cluster =
        RunningCluster.with("--store", "file", "--workers", "2")
            .property("captcha.test-mode", "true")
            .property("captcha.siteverify.secret", SECRET)
            .start();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void leave() {
    visitors.leave();
  }

  @Test
  void aWrongAnswerSaysSoKeepsTheNameAndPutsTheFocusIntoTheField() {
    Page page = visit();
    withoutWork(page);
    open(page);
    fill(page, "demo");
    answer(page, "no");
    submit(page);
    assertThat(page.locator(".captcha-error")).isVisible();
    assertThat(page.locator("#username")).hasValue("demo");
    assertThat(page.locator("#password")).hasValue("");
    assertThat(page.locator(".captcha-answer")).isFocused();
    assertThat(page.locator(".captcha-answer")).hasAttribute("aria-describedby", "captcha-error");
  }

  @Test
  void aMistypedPasswordAsksForNoSecondCaptcha() {
    Page page = visit();
    open(page);
    fill(page, "mistyped");
    submit(page);
    assertThat(page.locator(".captcha-passed")).hasText("Thank you, that was right.");
    fill(page, "demo");
    submit(page);
    assertWelcome(page);
  }

  @Test
  void whatRunsOutIsRenewedBeforeItsEndAndWhileNothingIsTyped() {
    Page page = visit();
    withoutWork(page);
    page.clock().install();
    open(page);
    String first = id(page);
    page.clock().fastForward("04:50");
    assertThat(id(page)).as("nobody is there").isEqualTo(first);
    page.keyboard().type("d");
    assertThat(page.locator(".captcha-status"))
        .hasText("The time was over, so there is a new one.");
    String second = id(page);
    assertThat(second).isNotEqualTo(first);
    assertThat(page.locator("#username")).isFocused();

    answer(page, "hal");
    page.clock().fastForward("04:50");
    page.keyboard().type("f");
    assertThat(page.locator(".captcha-answer")).hasValue("half");
    assertThat(id(page)).as("it still counts").isEqualTo(second);
    page.clock().fastForward("00:15");
    assertThat(page.locator(".captcha-answer")).hasValue("");
    assertThat(page.locator(".captcha-answer")).isFocused();
    assertThat(id(page)).isNotEqualTo(second);

    fill(page, "demo");
    answer(page, "PASSED");
    submit(page);
    assertWelcome(page);
  }

  @Test
  void theBackButtonShowsAChallengeThatCounts() {
    Page page = visit();
    withoutWork(page);
    open(page);
    String used = id(page);
    fill(page, "demo");
    answer(page, "PASSED");
    submit(page);
    assertWelcome(page);
    page.goBack();
    await().until(() -> !id(page).equals(used));
    fill(page, "demo");
    answer(page, "PASSED");
    submit(page);
    assertWelcome(page);
  }

  @Test
  void aFormThatIsSentTwiceAtATimeIsSentOnce() {
    Page page = visit();
    withoutWork(page);
    List<Request> posts = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.method().equals("POST") && request.url().endsWith("/login")) {
            posts.add(request);
          }
        });
    open(page);
    fill(page, "demo");
    answer(page, "PASSED");
    page.locator("button[type=submit]").dblclick();
    assertWelcome(page);
    assertThat(posts).hasSize(1);
  }

  @Test
  void whatIsTypedComesBackAfterARedirectButNoSecret() {
    Page page = visit();
    withoutWork(page);
    String widget = "<div data-captcha=\"/captcha\"></div>";
    String form =
        "<!DOCTYPE html><html lang=\"en\"><head><title>Form</title>"
            + "<script type=\"module\" src=\"/captcha/widget.js\"></script></head><body>"
            + "<form action=\"/form\" method=\"post\">"
            + "<input name=\"city\"><textarea name=\"text\"></textarea>"
            + "<input name=\"agree\" type=\"checkbox\"><select name=\"size\"><option>S<option>L</select>"
            + "<input name=\"filled\" value=\"by the server\"><input name=\"password\" type=\"password\">"
            + "<input name=\"card\" autocomplete=\"cc-number\"><input name=\"code\" autocomplete=\"one-time-code\">"
            + "<input name=\"out\" data-captcha-keep=\"off\">"
            + widget
            + "<button>Send</button></form></body></html>";
    page.route(
        "**/form*",
        route ->
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(form)));
    page.navigate(cluster.url().resolve("/form").toString());
    assertThat(page.locator(".captcha-answer")).isVisible();
    for (String name : List.of("city", "text", "password", "card", "code", "out")) {
      page.locator("[name=" + name + "]").fill("typed");
    }
    page.locator("[name=agree]").check();
    page.locator("[name=size]").selectOption("L");
    answer(page, "no");
    // Nothing takes the form here: the page goes where a refusal would send it.
    page.locator("form")
        .evaluate("form => form.dispatchEvent(new Event('submit', {cancelable: true}))");
    page.navigate(cluster.url().resolve("/form?captcha-verdict=WRONG").toString());
    assertThat(page.locator(".captcha-error"))
        .hasText("That answer was not right. Please answer the new one.");
    assertThat(page.locator(".captcha-answer")).isFocused();
    for (String name : List.of("city", "text")) {
      assertThat(page.locator("[name=" + name + "]")).hasValue("typed");
    }
    assertThat(page.locator("[name=agree]")).isChecked();
    assertThat(page.locator("[name=size]")).hasValue("L");
    assertThat(page.locator("[name=filled]")).hasValue("by the server");
    for (String name : List.of("password", "card", "code", "out")) {
      assertThat(page.locator("[name=" + name + "]")).hasValue("");
    }
    page.reload();
    assertThat(page.locator(".captcha-error")).isVisible();
    assertThat(page.locator("[name=city]").inputValue()).as("given back once").isEmpty();
  }

  @Test
  void aFormForAnotherServerCarriesATokenThatIsGoodThere() {
    Page page = visit();
    withoutWork(page);
    serveOther(page);
    page.navigate(cluster.url().resolve("/other").toString());
    answer(page, "no");
    submit(page);
    assertThat(page.locator(".captcha-error"))
        .hasText("That answer was not right. Please answer the new one.");
    assertThat(page.locator(".captcha-answer")).isFocused();
    answer(page, "PASSED");
    submit(page);
    // Chromium never ends a visit that is to end in the middle of a navigation.
    page.waitForURL("**/other?*");
    Matcher token = Pattern.compile("g-recaptcha-response=([^&]+)").matcher(page.url());
    assertThat(token.find()).as(page.url()).isTrue();
    APIResponse verified =
        page.request()
            .post(
                cluster.url().resolve("/captcha/siteverify").toString(),
                RequestOptions.create()
                    .setForm(
                        FormData.create().set("secret", SECRET).set("response", token.group(1))));
    assertThat(verified.text()).contains("\"success\":true");
  }

  /** A slow line: the answer is there before the picture was asked for. */
  @Test
  void whatWentWrongIsToldThoughThePictureIsLostInTheSameMoment() {
    Page page = visit();
    withoutWork(page);
    serveOther(page);
    List<Route> pictures = new ArrayList<>();
    List<Route> answers = new ArrayList<>();
    List<Route> renewals = new ArrayList<>();
    page.route("**/captcha/*.png", route -> holdFirst(pictures, route));
    page.navigate(
        cluster.url().resolve("/other").toString(),
        new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    answer(page, "no");
    page.waitForCondition(() -> !pictures.isEmpty());
    page.route("**/captcha/challenges", route -> holdFirst(renewals, route));
    page.route("**/captcha/answers", route -> holdFirst(answers, route));

    submit(page);
    page.waitForCondition(() -> !answers.isEmpty());
    pictures.get(0).fulfill(new Route.FulfillOptions().setStatus(404));
    page.waitForCondition(() -> !renewals.isEmpty());
    Response unused = page.waitForResponse("**/captcha/answers", () -> answers.get(0).resume());
    renewals.get(0).resume();

    assertThat(page.locator(".captcha-error"))
        .hasText("That answer was not right. Please answer the new one.");
    assertThat(page.locator(".captcha-answer")).isFocused();
  }

  private static void holdFirst(List<Route> held, Route route) {
    if (held.isEmpty()) {
      held.add(route);
    } else {
      route.resume();
    }
  }

  /** A page whose form goes to another server, which asks this one. */
  private static void serveOther(Page page) {
    page.route(
        "**/other*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody(
                        "<!DOCTYPE html><html lang=\"en\"><head><title>Other</title><script"
                            + " type=\"module\" src=\"/captcha/widget.js\"></script></head><body>"
                            + "<form action=\"/other\"><div data-captcha=\"/captcha\""
                            + " data-captcha-response=\"g-recaptcha-response\"></div>"
                            + "<button type=\"submit\">Send</button></form></body></html>")));
  }

  private Page visit() {
    return visitors.visit(new Browser.NewContextOptions());
  }

  private void open(Page page) {
    page.navigate(cluster.url().resolve("/login.jsp").toString());
  }
}
