package io.anynode.captcha.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/** The demo's login page, as a person uses it. */
final class LoginPage {

  private LoginPage() {}

  /** Has the browser be one that cannot do the work: then the picture is there. */
  static void withoutWork(Page page) {
    page.route("**/captcha/work.js", Route::abort);
  }

  /** Types the name and a password. */
  static void fill(Page page, String password) {
    page.locator("#username").fill("demo");
    page.locator("#password").fill(password);
  }

  /** Types the captcha's answer. */
  static void answer(Page page, String text) {
    page.locator(".captcha-answer").fill(text);
  }

  /** Presses the form's button. */
  static void submit(Page page) {
    page.locator("form > button[type=submit]").click();
  }

  /** The challenge that would be answered. */
  static String id(Page page) {
    return page.locator(".captcha-id").inputValue();
  }

  /** Waits for the page behind the login. */
  static void assertWelcome(Page page) {
    assertThat(page.locator("h1")).hasText("Welcome, demo");
    assertThat(page.locator("#served-form")).containsText("worker-");
  }
}
