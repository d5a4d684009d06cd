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
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.anynode.captcha.server.RunningCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * People at the demo's login page, in a real browser, over four workers none of which remembers
 * them. In test mode, since no test reads a picture; the work is real. Under the page's policy of
 * {@code default-src 'self'}, which no test may see violated.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LoginIT {

  private static final String ELSEWHERE = "login.example";

  private Chromium chromium;
  private Visitors visitors;
  private RunningCluster cluster;

  @BeforeAll
  void start() {
    chromium = Chromium.start("--host-resolver-rules=MAP " + ELSEWHERE + " 127.0.0.1");
    visitors = new Visitors(chromium);
    cluster = cluster("4", "text");
  }

  private static RunningCluster cluster(String workers, String kind) {
    return RunningCluster.with("--store", "file", "--workers", workers)
        .property("captcha.test-mode", "true")
        .property("captcha.kind", kind)
        .property("captcha.offer", "picture,sound,work")
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
  void aPictureIsAnsweredAcrossWorkers() {
    Page page = visit();
    withoutWork(page);
    open(page);
    fill(page, "demo");
    answer(page, "PASSED");
    submit(page);
    assertWelcome(page);
    assertThat(visitors.workers()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void theWorkIsDoneWhileTheFormIsFilledInAndNothingIsTyped() {
    Page page = visit();
    open(page);
    assertThat(page.locator("[data-captcha-state=solved]")).isVisible();
    assertThat(page.locator(".captcha-status")).hasText("Solved: you need not type anything.");
    assertThat(page.locator(".captcha-answer")).isHidden();
    fill(page, "demo");
    submit(page);
    assertWelcome(page);
    assertThat(visitors.workers()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aFormThatIsSentBeforeTheWorkIsDoneWaitsForIt() {
    Page page = visit();
    List<Runnable> held = new ArrayList<>();
    page.route("**/captcha/*.json", route -> held.add(route::resume));
    open(page);
    fill(page, "demo");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-captcha-state=working]")).isVisible();
    assertThat(page.url()).endsWith("/login.jsp");
    held.forEach(Runnable::run);
    assertWelcome(page);
  }

  @Test
  void withoutAScriptThePictureIsTyped() {
    Page page = visitors.visit(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    open(page);
    assertThat(page.locator(".captcha-refresh")).hasCount(0);
    fill(page, "demo");
    answer(page, "no");
    submit(page);
    assertThat(page.locator(".captcha-error"))
        .hasText("That answer was not right. Please answer the new one.");
    assertThat(page.locator("#username")).hasValue("demo");
    assertThat(page.locator("#password")).hasValue("");
    fill(page, "demo");
    answer(page, "PASSED");
    submit(page);
    assertWelcome(page);
  }

  @Test
  void theKeyboardAloneIsEnough() {
    Page page = visit();
    withoutWork(page);
    open(page);
    assertThat(page.locator("#username")).isFocused();
    page.keyboard().type("demo");
    page.keyboard().press("Tab");
    page.keyboard().type("demo");
    page.keyboard().press("Tab");
    assertThat(page.locator(".captcha-refresh")).isFocused();
    String before = id(page);
    page.keyboard().press("Space");
    assertThat(page.locator(".captcha-answer")).isFocused();
    assertThat(page.locator(".captcha-status")).hasText("There is a new one.");
    assertThat(id(page)).isNotEqualTo(before);
    page.keyboard().type("PASSED");
    page.keyboard().press("Enter");
    assertWelcome(page);
  }

  @Test
  void theSoundIsPlayedOrTakenElsewhere() {
    Page page = visit();
    withoutWork(page);
    open(page);
    Object seconds =
        page.locator("audio")
            .evaluate(
                "sound => new Promise((heard, failed) => {"
                    + " sound.oncanplaythrough = () => heard(sound.duration);"
                    + " sound.onerror = () => failed(new Error(sound.error.message));"
                    + " sound.preload = 'auto'; sound.load(); })");
    assertThat(((Number) seconds).doubleValue()).isGreaterThan(2);
    Download download = page.waitForDownload(() -> page.locator(".captcha-download").click());
    assertThat(download.suggestedFilename()).isEqualTo("captcha.wav");
    assertThat(download.failure()).isNull();
  }

  @Test
  void twoTabsDoNotHurtEachOther() {
    Page first = visit();
    withoutWork(first);
    open(first);
    Page second = first.context().newPage();
    withoutWork(second);
    open(second);
    for (Page page : List.of(first, second)) {
      fill(page, "demo");
      answer(page, "PASSED");
      submit(page);
      assertWelcome(page);
    }
  }

  @Test
  void plainHttpFromElsewhereHasItsWorkDoneToo() {
    Page page = visit();
    page.navigate("http://" + ELSEWHERE + ":" + cluster.url().getPort() + "/login.jsp");
    assertThat(page.evaluate("isSecureContext")).isEqualTo(false);
    assertThat(page.locator("[data-captcha-state=solved]")).isVisible();
    fill(page, "demo");
    submit(page);
    assertWelcome(page);
  }

  @Test
  void fromRightToLeft() {
    for (String language : List.of("ar", "he")) {
      Page page = visitors.visit(new Browser.NewContextOptions().setLocale(language));
      open(page);
      assertThat(page.locator("[data-captcha]")).hasAttribute("dir", "rtl");
      assertThat(page.locator("[data-captcha]")).hasAttribute("lang", language);
      assertThat(page.locator("[data-captcha-state=solved]")).isVisible();
      fill(page, "demo");
      submit(page);
      assertWelcome(page);
    }
  }

  @Test
  void aReplayIsRefused() {
    Page page = visit();
    withoutWork(page);
    open(page);
    String id = id(page);
    fill(page, "demo");
    answer(page, "PASSED");
    submit(page);
    assertWelcome(page);
    APIResponse replay =
        page.request()
            .post(
                cluster.url().resolve("/login").toString(),
                RequestOptions.create()
                    .setForm(
                        FormData.create()
                            .set("username", "demo")
                            .set("password", "demo")
                            .set("captcha-id", id)
                            .set("captcha-answer", "PASSED")));
    assertThat(replay.status()).isEqualTo(422);
    assertThat(replay.headers()).containsEntry("captcha-verdict", "USED");
  }

  @Test
  void aWorkerThatIsKilledTakesNothingWithIt() {
    Page page = visit();
    withoutWork(page);
    String author =
        page.navigate(cluster.url().resolve("/login.jsp").toString()).headerValue("X-Served-By");
    fill(page, "demo");
    answer(page, "PASSED");
    cluster.kill(author);
    await()
        .until(
            () -> {
              for (int i = 0; i < 8; i++) {
                APIResponse health =
                    page.request().get(cluster.url().resolve("/captcha/health").toString());
                if (health.status() != 200) {
                  return false;
                }
              }
              return true;
            });
    submit(page);
    assertWelcome(page);
  }

  @Test
  void aSumAndWorkAloneAreAnsweredAcrossWorkersToo() {
    try (RunningCluster sums = cluster("2", "sum")) {
      Page page = visit();
      withoutWork(page);
      page.navigate(sums.url().resolve("/login.jsp").toString());
      assertThat(page.locator(".captcha-label")).hasText("Result of the sum");
      fill(page, "demo");
      answer(page, "PASSED");
      submit(page);
      assertWelcome(page);
    }
    try (RunningCluster work = cluster("2", "work")) {
      Page page = visit();
      page.navigate(work.url().resolve("/login.jsp").toString());
      assertThat(page.locator(".captcha-answer")).hasCount(0);
      fill(page, "demo");
      submit(page);
      assertWelcome(page);

      Page bare = visitors.visit(new Browser.NewContextOptions().setJavaScriptEnabled(false));
      bare.navigate(work.url().resolve("/login.jsp").toString());
      assertThat(bare.locator("[data-captcha] noscript p"))
          .hasText("Please switch on JavaScript: the security check of this form needs it.");
    }
  }

  private Page visit() {
    return visitors.visit(new Browser.NewContextOptions());
  }

  private void open(Page page) {
    page.navigate(cluster.url().resolve("/login.jsp").toString());
  }
}
