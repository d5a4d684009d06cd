package io.anynode.captcha.server.lab;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.anynode.captcha.browser.Chromium;
import io.anynode.captcha.browser.Looks;
import org.junit.jupiter.api.Test;

/** The report in a real browser, on a desk and on a phone. */
class ReportLooksIT {

  private static final int HEIGHT = 900;

  @Test
  void nobodyIsKeptOutOfTheReportAndItFitsItsWindow() {
    String html = ReportTest.sample().html();
    Looks looks = new Looks();
    try (Chromium chromium = Chromium.start()) {
      for (int width : new int[] {1280, 390}) {
        try (BrowserContext visitor =
            chromium
                .browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(width, HEIGHT))) {
          Page page = visitor.newPage();
          page.setContent(html);
          looks.check(page, "lab-report-" + width);
        }
      }
    }
  }
}
