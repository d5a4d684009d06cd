package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.session.AtOnce;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many requests at the same moment, over two nodes. */
class LegacyAtOnceTest {

  private static final int CALLERS = 20;

  private final AtOnce callers = new AtOnce();
  private final Browser browser = new Browser();

  @AfterEach
  void close() {
    callers.close();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"KAPTCHA", "INTEGER_BY_GET", "SIMPLECAPTCHA", "SIMPLECAPTCHA_GUARDED", "CAGE"})
  void ofTwentyDoubleSubmitsExactlyOnePasses(OldApplication old) throws Exception {
    try (OldNodes nodes = OldNodes.with(old)) {
      assertOnePasses(old, nodes, 200);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EASYCAPTCHA", "OBSERVED_STRING"})
  void alsoWithTheSessionsInAFolder(OldApplication old, @TempDir Path folder) throws Exception {
    try (OldNodes nodes = OldNodes.with(old, "session.store=file", "session.file.dir=" + folder)) {
      assertOnePasses(old, nodes, 50);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KAPTCHA", "SIMPLECAPTCHA"})
  void alsoWithTheSessionsInADatabase(OldApplication old) throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    try (OldNodes nodes = OldNodes.with(old, "session.jdbc.url=" + url, "session.store=jdbc")) {
      assertOnePasses(old, nodes, 50);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KAPTCHA", "SIMPLECAPTCHA", "CAGE"})
  void alsoWithTheSessionsInRedis(OldApplication old) throws Exception {
    try (OldNodes nodes =
        OldNodes.with(
            old,
            "session.store=redis",
            "session.redis.uri=" + RealRedis.singleUri(),
            "session.redis.namespace=captcha-test-" + UUID.randomUUID())) {
      assertOnePasses(old, nodes, 50);
    }
  }

  @Test
  void leftAloneAllPass() throws Exception {
    OldApplication old = OldApplication.KAPTCHA;
    try (OldNodes nodes = OldNodes.without(old)) {
      nodes.issue(browser);
      assertThat(submitAtOnce(old, nodes, "abcde"))
          .hasSize(CALLERS)
          .containsOnly(OldApplication.WELCOME);
    }
  }

  @Test
  void wrongGuessesNeverOutnumberChallenges() throws Exception {
    OldApplication old = OldApplication.STRING_BY_JSP;
    try (OldNodes nodes = OldNodes.with(old)) {
      for (int round = 0; round < 50; round++) {
        for (int tab = 0; tab < 3; tab++) {
          nodes.issue(browser);
        }
        List<String> answers = submitAtOnce(old, nodes, "0000");
        assertThat(answers.stream().filter(OldApplication.WRONG::equals).count()).isBetween(1L, 3L);
        browser.cookies().clear();
      }
    }
  }

  private void assertOnePasses(OldApplication old, OldNodes nodes, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      nodes.issue(browser);
      String answer = nodes.answer(browser);
      assertThat(submitAtOnce(old, nodes, answer).stream().filter(OldApplication.WELCOME::equals))
          .as("round %d", round)
          .hasSize(1);
      assertThat(Peek.session(nodes.store, browser.sessionId()).getAttributeNames()).isEmpty();
    }
  }

  private List<String> submitAtOnce(OldApplication old, OldNodes nodes, String typed)
      throws Exception {
    return callers
        .rounds(CALLERS, 1, (caller, round) -> submit(old, nodes, caller, typed))
        .get(0)
        .stream()
        .map(Objects::requireNonNull)
        .toList();
  }

  private String submit(OldApplication old, OldNodes nodes, int caller, String typed) {
    return old.submit(browser, nodes.node(caller), old.parameter, typed).body();
  }
}
