package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.web.Peek;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Old applications with the drop-in jar, in {@code WEB-INF/lib} or in Tomcat's own {@code lib}, and
 * a few lines in {@code captcha.properties}, on a Tomcat 10.1 and a Tomcat 11 that both translate
 * them; {@link SamplesAloneIT} has them without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesIT {

  /** The Kaptcha sample after its second step: the library and the check are gone. */
  private static final String MIGRATED = "kaptcha-migrated";

  private RealContainer first;
  private RealContainer second;
  private SessionStore store;

  @BeforeAll
  void start(@TempDir Path wars, @TempDir Path sessions) {
    Map<String, String> settings =
        Map.of(
            "captcha.session.store",
            "file",
            "captcha.session.file.dir",
            sessions.toString(),
            "captcha.secret",
            Peek.SECRET);
    store = SharedStore.open(settings);
    Node one = node("first", settings);
    Node other = node("second", settings);
    List<Path> all = new ArrayList<>(List.of(new SampleWar(MIGRATED).withProperties().write(wars)));
    for (Sample sample : Sample.values()) {
      all.add(sample.after(wars));
    }
    all.forEach(one::javaxWar);
    all.forEach(other::javaxWar);
    first = RealContainer.start(Tomcat.line("10.1"), one);
    second = RealContainer.start(Tomcat.line("11"), other);
    for (Sample sample : Sample.values()) {
      String health = "/" + sample.folder() + "/captcha/health";
      first.await(health, 200);
      second.await(health, 200);
    }
  }

  private static Node node(String name, Map<String, String> settings) {
    String contexts =
        Arrays.stream(Sample.values())
            .filter(sample -> !sample.holdsTheJar())
            .map(sample -> "/" + sample.folder())
            .collect(Collectors.joining(",", "/" + MIGRATED + ",", ""));
    return new Node()
        .library(DropinJar.path())
        .settings(settings)
        .setting("captcha.contexts", contexts)
        .setting("captcha.node", name);
  }

  @AfterAll
  void stop() {
    RealContainer.closeAll(first, second);
    if (store != null) {
      store.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRightAnswerPassesOnAnotherNodeOnceAndIsGone(Sample sample) {
    Visitor visitor = new Visitor();
    String answer = drawn(sample, visitor);

    assertThat(sample.login(visitor, second, answer).text()).contains(Sample.WELCOME);

    assertThat(Peek.session(store, visitor.sessionId()).getAttributeNames())
        .as("what is left in the session")
        .isEmpty();
    assertRefused(sample.login(visitor, first, answer));
    assertRefused(sample.login(visitor, second, answer));
  }

  @ParameterizedTest
  @EnumSource
  void aWrongAnswerIsTheOldCodesToRefuseAndUsesThePictureUp(Sample sample) {
    Visitor visitor = new Visitor();
    String answer = drawn(sample, visitor);

    assertThat(sample.login(visitor, second, "99").text()).contains(Sample.WRONG);

    assertRefused(sample.login(visitor, first, answer));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingIsARefusalAndNoError(Sample sample) {
    assertRefused(sample.login(new Visitor(), second, "abcd"));

    Visitor visitor = new Visitor();
    drawn(sample, visitor);
    assertRefused(sample.loginWithoutAnswer(visitor, second));
  }

  @Test
  void aFormThatHasNoPictureIsLeftAlone() {
    Map<String, String> form = Map.of("username", "demo", "login", "Log in");
    for (RealContainer node : new RealContainer[] {first, second}) {
      Answer answer = Sample.SEVERAL_FORMS.send(new Visitor(), node, form);
      assertThat(answer.text()).contains("Back again, demo");
    }
  }

  @Test
  void withoutTheOldLibraryItIsGuardedByTheTagAndTwoLines() {
    URI login = first.url("/" + MIGRATED + "/login");
    Visitor visitor = new Visitor();
    Page page = Visitor.page(visitor.get(second.url("/" + MIGRATED + "/login.jsp")));
    assertThat(visitor.get(first.url(page.picture())).header("Content-Type")).startsWith("image/");
    String answer = Peek.answer(store, visitor.sessionId(), page.id());
    Map<String, String> form =
        Map.of("username", "demo", "captcha-id", page.id(), "captcha-answer", answer);

    assertThat(visitor.post(login, form).text()).contains(Sample.WELCOME);

    Answer replay = visitor.post(login, form);
    assertThat(replay.status()).isEqualTo(422);
    assertThat(replay.header("Captcha-Verdict")).isEqualTo("USED");
    assertThat(Visitor.page(replay).id()).isNotEqualTo(page.id());
  }

  /** Opens the page on the second node and its picture on the first. */
  private String drawn(Sample sample, Visitor visitor) {
    assertThat(sample.isShownIn(sample.page(visitor, second))).isTrue();
    Answer picture = sample.picture(visitor, first);
    assertThat(picture.status()).isEqualTo(200);
    assertThat(picture.header("Content-Type")).startsWith("image/");
    return sample.answerAfter(store, visitor);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.header("Captcha-Verdict")).isEqualTo("MISSING");
  }
}
