package io.anynode.captcha.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How a page looks and reads: axe-core finds what keeps people out of it, as far as a program can;
 * {@code target/screenshots} has what is left to be looked at.
 */
public final class Looks {

  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String RUN =
      """
      async () => {
        const { violations } = await axe.run();
        return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
      }
      """;

  private final String axe;

  /** Reads axe-core. */
  public Looks() {
    try (InputStream file =
        Objects.requireNonNull(Looks.class.getResourceAsStream("/axe.min.js"))) {
      axe = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with what axe-core finds, or if the page is wider than its window; takes a picture. */
  public void check(Page page, String state) {
    picture(page, state);
    page.evaluate(axe);
    assertThat((List<?>) page.evaluate(RUN)).as(state).isEmpty();
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as(state + " is wider than the window")
        .isLessThanOrEqualTo(0);
  }

  /** Takes a picture, of a page without scripts, which axe-core is one of. */
  public void picture(Page page, String state) {
    Path path = PICTURES.resolve(state + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(path).setFullPage(true));
  }
}
