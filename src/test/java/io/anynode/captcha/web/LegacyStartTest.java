package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.code.kaptcha.servlet.KaptchaServlet;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.ServletException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockServletContext;

/** What is found in an application at its start, and what is refused. */
class LegacyStartTest {

  private final SharedMemory memory = new SharedMemory();
  private final Browser browser = new Browser();

  @Test
  void kaptchasOwnParametersAreUnderstood() throws IOException {
    Settings settings =
        Node.settings(
            "legacy.login.library=kaptcha",
            "legacy.login.path=/check",
            "legacy.login.parameter=code");
    SessionStore store = memory.open(settings.session());
    try (Node node =
        Node.start(
            settings,
            memory.open(settings.session()),
            Clock.systemUTC(),
            LegacyStartTest::kaptchaOfItsOwn)) {
      BufferedImage picture =
          ImageIO.read(new ByteArrayInputStream(browser.bytes(node, "/stickyImg").body()));
      assertThat(picture.getWidth()).isEqualTo(160);
      assertThat(picture.getHeight()).isEqualTo(60);

      String answer = Peek.answerOfImage(store, browser.sessionId());
      assertThat(answer).matches("[xyz789]{7}");
      assertThat(browser.post(node, "/check", "code", answer).body()).isEqualTo(answer + " true");
    }
  }

  private static void kaptchaOfItsOwn(Context context) {
    OldApplication.add(
        context,
        "/stickyImg",
        KaptchaServlet.class,
        "kaptcha.session.key",
        "MY_KEY",
        "kaptcha.session.date",
        "MY_DATE",
        "kaptcha.image.width",
        "160",
        "kaptcha.image.height",
        "60",
        "kaptcha.textproducer.char.string",
        "xyz789\u4e2d",
        "kaptcha.textproducer.char.length",
        "7");
    Application.servlet(
        context,
        "/check",
        (request, response) -> {
          Date made = (Date) Objects.requireNonNull(request.getSession().getAttribute("MY_DATE"));
          Duration age = Duration.between(made.toInstant(), Instant.now());
          response
              .getWriter()
              .print(
                  request.getSession().getAttribute("MY_KEY")
                      + " "
                      + (!age.isNegative() && age.toMinutes() < 1));
        });
  }

  @Test
  void anIntegerCanBeDigitsAndNeverBeginsWithZero() {
    Settings settings =
        Node.settings(
            "legacy.pin.image=/code",
            "legacy.pin.path=/check",
            "legacy.pin.parameter=pin",
            "legacy.pin.attribute=pin",
            "legacy.pin.type=integer",
            "legacy.pin.alphabet=01234",
            "legacy.pin.format=png");
    SessionStore store = memory.open(settings.session());
    try (Node node =
        Node.start(
            settings,
            memory.open(settings.session()),
            Clock.systemUTC(),
            context ->
                Application.servlet(
                    context,
                    "/check",
                    (request, response) -> {
                      Integer pin = (Integer) request.getSession().getAttribute("pin");
                      response.getWriter().print(pin);
                    }))) {
      for (int i = 0; i < 20; i++) {
        assertThat(browser.bytes(node, "/code").headers().firstValue("Content-Type"))
            .hasValue("image/png");
        String answer = Peek.answerOfImage(store, browser.sessionId());
        assertThat(answer).matches("[1-4]{4}");
        assertThat(browser.post(node, "/check", "pin", answer).body()).isEqualTo(answer);
      }
    }
  }

  @Test
  void twoOldCaptchasDoNotTakeEachOthersAnswers() {
    Settings settings =
        Node.settings(
            "legacy.a.image=/a.jpg",
            "legacy.a.path=/a",
            "legacy.a.parameter=code",
            "legacy.a.attribute=a",
            "legacy.b.image=/b.jpg",
            "legacy.b.path=/b",
            "legacy.b.parameter=code",
            "legacy.b.attribute=b",
            "protect.c.path=/c");
    SessionStore store = memory.open(settings.session());
    try (Node node =
        Node.start(
            settings,
            memory.open(settings.session()),
            Clock.systemUTC(),
            context -> {
              for (String each : new String[] {"/a", "/b", "/c"}) {
                Application.servlet(context, each, (q, s) -> s.getWriter().print("let through"));
              }
            })) {
      browser.bytes(node, "/a.jpg");
      String answer = Peek.answerOfImage(store, browser.sessionId());
      assertThat(browser.post(node, "/b", "code", answer).statusCode()).isEqualTo(422);
      assertThat(browser.post(node, "/c", "captcha-answer", answer).statusCode()).isEqualTo(422);
      assertThat(browser.bytes(node, "/captcha/image?scope=legacy:a").statusCode()).isEqualTo(400);
      assertThat(browser.post(node, "/a", "code", answer).body()).isEqualTo("let through");
    }
  }

  @Test
  void aPictureThatIsNowhereStopsTheApplicationAndSaysWhatToSet() {
    assertThatThrownBy(() -> start("library=kaptcha"))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("captcha.legacy.old.image is not set")
        .hasMessageContaining("no servlet of kaptcha's own");
  }

  @Test
  void aRefusalThatForwardsToWhatIsCheckedStopsTheApplication() {
    assertThatThrownBy(() -> start("image=/a.jpg", "attribute=code", "on-failure=forward:/login"))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("forward:/login");
  }

  @Test
  void jcaptchaStopsTheApplicationAndSaysWhy() {
    assertThatThrownBy(() -> start("library=jcaptcha"))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("a map of one JVM");
  }

  @Test
  void whatTwoOldCaptchasCannotShareIsNamed() {
    MockServletContext context = context("image=/a.jpg", "attribute=code");
    context.addInitParameter("captcha.legacy.two.image", "/a.jpg");
    context.addInitParameter("captcha.legacy.two.attribute", "code");
    context.addInitParameter("captcha.legacy.two.path", "/register");
    context.addInitParameter("captcha.legacy.two.parameter", "code");
    assertThatThrownBy(() -> new CaptchaInitializer().onStartup(null, context))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("captcha.legacy.two has the session attribute 'code'")
        .hasMessageContaining("captcha.legacy.two has the picture at /a.jpg");
  }

  private static void start(String... settings) throws ServletException {
    new CaptchaInitializer().onStartup(null, context(settings));
  }

  private static MockServletContext context(String... settings) {
    MockServletContext context = new MockServletContext();
    context.addInitParameter("captcha.session.store", "memory");
    context.addInitParameter("captcha.legacy.old.path", "/login");
    context.addInitParameter("captcha.legacy.old.parameter", "code");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      context.addInitParameter(
          "captcha.legacy.old." + setting.substring(0, equals), setting.substring(equals + 1));
    }
    return context;
  }
}
