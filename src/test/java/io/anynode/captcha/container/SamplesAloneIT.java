package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The control of {@link SamplesIT}: the old applications as they were, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesAloneIT {

  private RealContainer first;
  private RealContainer second;

  @BeforeAll
  void start(@TempDir Path wars) {
    Node one = new Node();
    Node other = new Node();
    for (Sample sample : Sample.values()) {
      Path war = sample.before(wars);
      one.javaxWar(war);
      other.javaxWar(war);
    }
    first = RealContainer.start(Tomcat.line("10.1"), one);
    second = RealContainer.start(Tomcat.line("10.1"), other);
    for (Sample sample : Sample.values()) {
      String page = "/" + sample.folder() + "/login.jsp";
      first.await(page, 200);
      second.await(page, 200);
    }
  }

  @AfterAll
  void stop() {
    RealContainer.closeAll(first, second);
  }

  @ParameterizedTest
  @EnumSource
  void theRightAnswerPassesWhereItWasDrawnAgainAndAgainAndIsLostOnAnotherNode(Sample sample) {
    Visitor visitor = new Visitor();
    assertThat(sample.isShownIn(sample.page(visitor, first))).isTrue();
    Answer picture = sample.picture(visitor, first);
    assertThat(picture.status()).isEqualTo(200);
    String answer = sample.answerBefore(visitor, first);

    assertThat(sample.login(visitor.copy(), second, answer).text())
        .as("on another node")
        .doesNotContain(Sample.WELCOME);

    assertThat(sample.login(visitor, first, "99").text()).contains(Sample.WRONG);
    assertThat(sample.login(visitor, first, answer).text()).contains(Sample.WELCOME);
    assertThat(sample.login(visitor, first, answer).text()).contains(Sample.WELCOME);
  }
}
