package io.anynode.captcha.browser;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real, headless Chromium, the one that is installed here. Playwright neither fetches a browser
 * nor unpacks a Node.js of its own.
 *
 * <pre>{@code
 * try (Chromium chromium = Chromium.start(); BrowserContext context = chromium.browser().newContext()) {
 *   context.newPage().navigate(url);
 * }
 * }</pre>
 *
 * <p>For one thread, as Playwright is.
 */
public final class Chromium implements AutoCloseable {

  private static final List<String> QUIETLY =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-sandbox");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts one, or fails with what to install; with {@code -DskipBrowser} the test is left out.
   *
   * @param arguments further ones of Chromium's command line, such as {@code
   *     --host-resolver-rules=MAP login.example 127.0.0.1}
   */
  public static Chromium start(String... arguments) {
    assumeFalse(Boolean.getBoolean("skipBrowser"), "what needs a browser is left out");
    Path chromium = installed("chromium", "chromium-browser", "google-chrome");
    String node = Objects.requireNonNullElse(System.getenv("PLAYWRIGHT_NODEJS_PATH"), "");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.isEmpty() ? installed("node", "nodejs").toString() : node)));
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(chromium)
                      .setHeadless(true)
                      .setArgs(
                          Stream.concat(QUIETLY.stream(), Arrays.stream(arguments)).toList())));
    } catch (RuntimeException | Error e) {
      playwright.close();
      throw e;
    }
  }

  /** The browser; its contexts are visitors with cookies of their own. */
  public Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    playwright.close(); // with its browsers
  }

  private static Path installed(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .or(
            () -> {
              fail(
                  "There is no "
                      + names[0]
                      + " here. On Debian, apt-get install chromium nodejs; or -DskipBrowser leaves"
                      + " out what needs it.");
              return Optional.empty();
            })
        .orElseThrow();
  }
}
