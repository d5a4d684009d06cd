package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.web.Peek;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What two nodes of a container do over one Redis: {@code captcha.war} itself, and an old
 * application with the drop-in jar in its {@code WEB-INF/lib}, deployed side by side.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(ContainerTable.class)
abstract class ContainerContract {

  /** The applications, by their context paths. */
  enum Application {
    CAPTCHA("/captcha/", 303),
    OLD("/old/", 200);

    private final String path;
    private final int passed;

    Application(String path, int passed) {
      this.path = path;
      this.passed = passed;
    }
  }

  private static final String REFUSED = "Captcha-Verdict";

  private RealContainer first;
  private RealContainer second;
  private SessionStore store;

  /** The container. */
  abstract Distribution distribution();

  @BeforeAll
  void start(@TempDir Path wars) {
    Map<String, String> settings =
        Map.of(
            "captcha.session.store",
            "redis",
            "captcha.session.redis.uri",
            RealRedis.singleUri(),
            "captcha.session.redis.namespace",
            "captcha:" + getClass().getSimpleName(),
            "captcha.secret",
            Peek.SECRET);
    store = SharedStore.open(settings);
    Path old = OldApplication.war(Map.of()).library(DropinJar.path()).write(wars, "old");
    first = start("first", old, settings);
    second = start("second", old, settings);
    for (RealContainer node : new RealContainer[] {first, second}) {
      for (Application application : Application.values()) {
        node.await(application.path + "captcha/health", 200);
      }
    }
  }

  private RealContainer start(String name, Path old, Map<String, String> settings) {
    Node node =
        new Node()
            .war(Path.of("target", "captcha.war"))
            .war(old)
            .settings(settings)
            .setting("captcha.node", name);
    return RealContainer.start(distribution(), node);
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
  @Order(1)
  void eachNodeShowsAndVerifiesWhatTheOtherIssued(Application application) {
    assertThat(name(first, application))
        .contains("\"first\"")
        .isNotEqualTo(name(second, application));
    round(application, first, second);
    round(application, second, first);
  }

  private void round(Application application, RealContainer issuer, RealContainer verifier) {
    Visitor visitor = new Visitor();
    Page page = issue(visitor, application, issuer);
    Answer there = visitor.get(issuer.url(page.picture()));
    Answer here = visitor.get(verifier.url(page.picture()));
    Answer form = send(visitor, application, verifier, page, answer(visitor, page));

    assertThat(here.header("Content-Type")).isEqualTo("image/png");
    assertThat(here.body()).isEqualTo(there.body());
    assertThat(form.header(REFUSED)).as(form.text()).isEmpty();
    assertThat(form.status()).isEqualTo(application.passed);
  }

  @ParameterizedTest
  @EnumSource
  @Order(2)
  void anAnswerCountsOnceOnWhicheverNode(Application application) {
    Visitor visitor = new Visitor();
    Page page = issue(visitor, application, first);
    String answer = answer(visitor, page);
    assertThat(send(visitor, application, second, page, answer).status())
        .isEqualTo(application.passed);

    for (RealContainer node : new RealContainer[] {first, second}) {
      Answer replay = send(visitor, application, node, page, answer);
      assertThat(replay.status()).isEqualTo(422);
      assertThat(replay.header(REFUSED)).isEqualTo("USED");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Order(3)
  void aWrongAnswerComesBackToThePageWithAFreshPicture(Application application) {
    Visitor visitor = new Visitor();
    Page page = issue(visitor, application, first);

    Answer wrong = send(visitor, application, second, page, "wrong");

    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.header(REFUSED)).isEqualTo("WRONG");
    Page fresh = Visitor.page(wrong);
    assertThat(fresh.id()).isNotEqualTo(page.id());
    assertThat(send(visitor, application, first, fresh, answer(visitor, fresh)).status())
        .isEqualTo(application.passed);
  }

  @Test
  @Order(4)
  void aChallengeOutlivesTheNodeThatIssuedIt() {
    Map<Application, Visit> visits = new EnumMap<>(Application.class);
    for (Application application : Application.values()) {
      Visitor visitor = new Visitor();
      visits.put(application, new Visit(visitor, issue(visitor, application, first)));
    }
    first.kill();
    visits.forEach(
        (application, visit) -> {
          Visitor visitor = visit.visitor();
          assertThat(visitor.get(second.url(visit.page().picture())).status()).isEqualTo(200);
          String answer = answer(visitor, visit.page());
          assertThat(send(visitor, application, second, visit.page(), answer).status())
              .isEqualTo(application.passed);
        });
  }

  private record Visit(Visitor visitor, Page page) {}

  private static Page issue(Visitor visitor, Application application, RealContainer node) {
    return Visitor.page(visitor.get(node.url(application.path + "login.jsp")));
  }

  private static Answer send(
      Visitor visitor, Application application, RealContainer node, Page page, String answer) {
    return visitor.post(
        node.url(application.path + "login"),
        Map.of(
            "username",
            "demo",
            "password",
            "demo",
            "captcha-id",
            page.id(),
            "captcha-answer",
            answer));
  }

  private String answer(Visitor visitor, Page page) {
    return Peek.answer(store, visitor.sessionId(), page.id());
  }

  private static String name(RealContainer node, Application application) {
    return new Visitor().get(node.url(application.path + "captcha/health")).text();
  }
}
