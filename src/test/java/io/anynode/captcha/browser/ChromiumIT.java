package io.anynode.captcha.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

class ChromiumIT {

  @Test
  void theInstalledBrowserRunsScripts() {
    try (Chromium chromium = Chromium.start();
        BrowserContext visitor = chromium.browser().newContext()) {
      Page page = visitor.newPage();

      page.setContent("<p id=p></p>");

      assertThat(page.evaluate("document.getElementById('p').textContent = 'it runs'"))
          .isEqualTo("it runs");
    }
  }
}
