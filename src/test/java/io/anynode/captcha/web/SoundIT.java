package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.anynode.captcha.browser.Chromium;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

/** The sound as a real browser takes it: it plays to its end, can be sought in, and saved. */
class SoundIT {

  private static final String PLAYED =
      """
      async () => {
        const audio = document.querySelector('audio');
        audio.muted = true;
        audio.playbackRate = 8;
        const ended = new Promise((resolve, reject) => {
          audio.onended = () => resolve(audio.duration);
          audio.onerror = () => reject(audio.error.message);
        });
        await audio.play();
        audio.currentTime = 1;
        return await ended;
      }
      """;

  @Test
  void aBrowserPlaysSeeksAndSavesIt() throws IOException {
    Settings settings = Node.settings("offer=picture,sound");
    try (Node node =
            Node.start(
                settings,
                new SharedMemory().open(settings.session()),
                Clock.systemUTC(),
                SoundIT::install);
        Chromium chromium = Chromium.start("--autoplay-policy=no-user-gesture-required");
        BrowserContext visitor = chromium.browser().newContext()) {
      Page page = visitor.newPage();
      page.navigate(node.url("/heard"));

      double seconds = ((Number) page.evaluate(PLAYED)).doubleValue();
      Download saved = page.waitForDownload(() -> page.click("a"));

      assertThat(saved.suggestedFilename()).isEqualTo("captcha.wav");
      double samples = Files.size(saved.path()) - 44.0;
      assertThat(seconds).isCloseTo(samples / 8000, offset(0.01));
    }
  }

  private static void install(Context context) {
    Application.servlet(context, "/heard", SoundIT::page);
  }

  private static void page(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            """
            <!DOCTYPE html><html lang="en"><title>Heard</title>
            <audio controls preload="none" src="%s"></audio>
            <a href="%s?download" hreflang="en">Download the sound</a>
            """
                .formatted(captcha.getSound(), captcha.getSound()));
  }
}
