package io.anynode.captcha.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A test's visitors, who have cookies of their own and complain of what a page does wrongly. */
final class Visitors {

  private final Chromium chromium;
  private final List<BrowserContext> all = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> workers = new TreeSet<>();

  Visitors(Chromium chromium) {
    this.chromium = chromium;
  }

  /** A new visitor's page. */
  Page visit(Browser.NewContextOptions options) {
    workers.clear();
    BrowserContext visitor = chromium.browser().newContext(options);
    all.add(visitor);
    Page page = visitor.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    page.onResponse(this::seen);
    return page;
  }

  private void seen(Response response) {
    String worker = response.headers().get("x-served-by");
    boolean isFile = response.url().endsWith(".css") || response.url().endsWith(".js");
    if (worker != null && !isFile) {
      workers.add(worker);
    }
  }

  /** The workers that answered the newest visitor: the page, its challenge, the form. */
  Set<String> workers() {
    return workers;
  }

  /** Sends all away; fails if a script threw, or the page's policy was violated. */
  void leave() {
    all.forEach(BrowserContext::close);
    all.clear();
    List<String> said = List.copyOf(complaints);
    complaints.clear();
    assertThat(said).isEmpty();
  }
}
