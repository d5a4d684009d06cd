package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each old application as it is, on two nodes: one draws, the other checks. */
@TestInstance(Lifecycle.PER_CLASS)
class LegacyTest {

  private final Map<OldApplication, OldNodes> running = new EnumMap<>(OldApplication.class);
  private final Browser browser = new Browser();

  @AfterAll
  void stop() {
    running.values().forEach(OldNodes::close);
  }

  private OldNodes nodes(OldApplication old) {
    browser.cookies().clear();
    return running.computeIfAbsent(old, OldNodes::with);
  }

  @ParameterizedTest
  @EnumSource
  void aRightAnswerPassesOnAnotherNodeAndAReplayIsRefused(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);
    String answer = nodes.answer(browser);

    assertThat(submit(old, nodes.second, answer).body()).isEqualTo(OldApplication.WELCOME);

    assertRefused(submit(old, nodes.first, answer), "MISSING");
    assertRefused(submit(old, nodes.second, answer), "MISSING");
  }

  @ParameterizedTest
  @EnumSource
  void aWrongAnswerIsTheOldCodesToRefuseAndUsesTheRightOneUp(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);
    String answer = nodes.answer(browser);

    HttpResponse<String> wrong = submit(old, nodes.second, "99999");
    if (old.guarded()) {
      assertRefused(wrong, "WRONG");
    } else {
      assertThat(wrong.body()).isEqualTo(OldApplication.WRONG);
    }

    assertRefused(submit(old, nodes.first, answer), "MISSING");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingIsARefusalAndNeverTheOldCodesError(OldApplication old) {
    OldNodes nodes = nodes(old);
    assertRefused(submit(old, nodes.first, "abcde"), "MISSING");
    assertThat(browser.cookies()).isEmpty();

    browser.get(nodes.first, "/attributes");
    assertRefused(submit(old, nodes.second, "abcde"), "MISSING");

    nodes.issue(browser);
    assertRefused(old.submit(browser, nodes.second), "MISSING");

    nodes.issue(browser);
    assertRefused(submit(old, nodes.second, ""), "MISSING");

    nodes.issue(browser);
    String answer = nodes.answer(browser);
    assertRefused(
        old.submit(browser, nodes.second, old.parameter, answer, old.parameter, answer), "MISSING");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftAlsoWhenTheOldCodeFails(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);
    String answer = nodes.answer(browser);

    HttpResponse<String> failed =
        old.submit(browser, nodes.second, old.parameter, answer, "fail", "1");
    assertThat(failed.statusCode()).isEqualTo(500);

    assertThat(Peek.session(nodes.store, browser.sessionId()).getAttributeNames()).isEmpty();
    assertThat(browser.get(nodes.first, "/attributes").body()).isEmpty();
    assertRefused(submit(old, nodes.first, answer), "MISSING");
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerIsNeverStoredUnderTheOldNameNorSeenOutsideOfTheCheck(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);

    assertThat(Peek.session(nodes.store, browser.sessionId()).getAttributeNames())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("captcha."));
    if (!old.observed()) {
      assertThat(browser.get(nodes.second, "/attributes").body()).startsWith("captcha.image.");
    }
  }

  @Test
  void anOldServletInPlaceOfOurEndpointsStillDrawsFromTheNewestToken() {
    OldNodes nodes = nodes(OldApplication.CAGE);
    nodes.issue(browser);
    assertThat(browser.get(nodes.second, "/captcha").body()).isEqualTo("9");
    assertThat(browser.get(nodes.second, "/captcha/health").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void aStoreThatIsDownIsA503(OldApplication old) {
    OldNodes nodes = nodes(old);
    nodes.issue(browser);
    String answer = nodes.answer(browser);

    nodes.storeOfFirst().goDown();
    try {
      assertThat(submit(old, nodes.first, answer).statusCode()).isEqualTo(503);
      assertThat(browser.bytes(nodes.first, old.image).statusCode()).isEqualTo(503);
    } finally {
      nodes.storeOfFirst().comeBack();
    }
    assertThat(submit(old, nodes.first, answer).body()).isEqualTo(OldApplication.WELCOME);
  }

  /** What the others test, without this library: it shows that they can fail. */
  @ParameterizedTest
  @EnumSource(names = {"KAPTCHA", "EASYCAPTCHA", "STRING_BY_JSP", "SIMPLECAPTCHA", "CAGE"})
  void leftAloneTheOldCodeTakesAReplayAndFailsWithoutASession(OldApplication old) {
    String attribute =
        switch (old) {
          case KAPTCHA -> "KAPTCHA_SESSION_KEY";
          case EASYCAPTCHA -> "captcha";
          case STRING_BY_JSP -> "randStr";
          case SIMPLECAPTCHA -> "simpleCaptcha";
          default -> "captchaToken";
        };
    browser.cookies().clear();
    try (OldNodes nodes = OldNodes.without(old)) {
      assertThat(submit(old, nodes.second, "abcde").statusCode()).isEqualTo(500);
      browser.cookies().clear();
      nodes.issue(browser);
      String answer = nodes.stored(browser, attribute);

      assertThat(submit(old, nodes.second, answer).body()).isEqualTo(OldApplication.WELCOME);
      assertThat(submit(old, nodes.first, answer).body()).isEqualTo(OldApplication.WELCOME);
    }
  }

  private HttpResponse<String> submit(OldApplication old, Node node, String typed) {
    return old.submit(browser, node, old.parameter, typed);
  }

  private static void assertRefused(HttpResponse<String> response, String verdict) {
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Captcha-Verdict")).hasValue(verdict);
    assertThat(response.body().toLowerCase(Locale.ROOT))
        .doesNotContain(OldApplication.WELCOME, OldApplication.WRONG);
  }
}
