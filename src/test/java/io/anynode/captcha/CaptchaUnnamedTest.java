package io.anynode.captcha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Question;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.rate.NoLimits;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.MemoryStore;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Challenges without ids, and how many of both kinds a session holds. */
class CaptchaUnnamedTest {

  private static final Duration TTL = Duration.ofMinutes(5);

  private final SessionStore store = MemoryStore.open(TestSettings.session(StoreKind.MEMORY));
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger made = new AtomicInteger();
  private final Captcha nodeA = captcha();
  private final Captcha nodeB = captcha();
  private final MockVisitor visitor = new MockVisitor(store);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theNewestUnnamedChallengeIsTheOneThatAnAnswerWithoutIdIsFor() throws Exception {
    String first = issueUnnamed(nodeA);
    clock.advance(Duration.ofMillis(5));
    String second = issueUnnamed(nodeB);

    assertThat(first).isNotEqualTo(second);
    assertThat(verify(nodeA, null, second, "login")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void anOlderUnnamedChallengesAnswerIsWrongForTheNewest() throws Exception {
    String first = issueUnnamed(nodeA);
    clock.advance(Duration.ofMillis(5));
    String second = issueUnnamed(nodeB);

    assertThat(verify(nodeB, null, first, "login")).isEqualTo(Verdict.WRONG);
    assertThat(verify(nodeA, null, second, "login"))
        .as("it is used up, and the older is the newest")
        .isEqualTo(Verdict.WRONG);
    assertThat(verify(nodeA, null, first, "login")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void eachOfSeveralUnnamedChallengesCountsOnceWhereTheyAreHardToGuess() throws Exception {
    Captcha hard = hardToGuess();
    String older = issueUnnamed(hard);
    clock.advance(Duration.ofMillis(5));
    String newer = issueUnnamed(hard);

    assertThat(verify(hard, null, older, "login")).isEqualTo(Verdict.PASSED);
    assertThat(attributes()).hasSize(1);
    assertThat(verify(hard, null, newer, "login")).isEqualTo(Verdict.PASSED);
    assertThat(verify(hard, null, older, "login")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aWrongAnswerWithoutIdUsesExactlyOneUp() throws Exception {
    Captcha hard = hardToGuess();
    String older = issueUnnamed(hard);
    clock.advance(Duration.ofMillis(5));
    String newer = issueUnnamed(hard);

    assertThat(verify(hard, null, "0", "login")).isEqualTo(Verdict.WRONG);
    assertThat(verify(hard, null, newer, "login")).isEqualTo(Verdict.WRONG);
    assertThat(verify(hard, null, older, "login")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void whoLosesTheNewestIsNotComparedWithTheOthers() throws Exception {
    Captcha hard = hardToGuess();
    String older = issueUnnamed(hard);
    clock.advance(Duration.ofMillis(5));
    String unused = issueUnnamed(hard);

    Verdict late =
        visitor.request(
            r -> {
              assertThat(r.getSession(false)).isNotNull();
              assertThat(unchecked(() -> verify(hard, null, "0", "login")))
                  .isEqualTo(Verdict.WRONG);
              return hard.verify(r, null, older, "login");
            });

    assertThat(late).isEqualTo(Verdict.USED);
    assertThat(verify(hard, null, older, "login")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void unnamedChallengesOfOneFormAreNotAnothers() throws Exception {
    String answer = issueUnnamed(nodeA);

    assertThat(verify(nodeA, null, answer, "mail")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeA, null, answer, "")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeA, null, answer, "login")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aChallengeThatWasCopiedIntoAnotherSessionDoesNotCountThere() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));
    String name = "captcha." + issued.id();
    long begun = System.currentTimeMillis();
    await().until(() -> System.currentTimeMillis() > begun);

    visitor.request(
        r -> {
          Object copied = r.getSession().getAttribute(name);
          assertThat(nodeA.verify(r, issued.id(), "AK1", "")).isEqualTo(Verdict.PASSED);
          r.getSession().invalidate();
          r.getSession().setAttribute(name, copied);
          return true;
        });

    assertThat(attributes()).contains(name);
    assertThat(verify(nodeB, issued.id(), "AK1", "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void anAnswerWithoutIdNeverCountsForAChallengeThatHasOne() throws Exception {
    String answer = picture(nodeA, visitor.request(r -> nodeA.issue(r, "")).id());

    assertThat(verify(nodeA, null, answer, "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void unnamedAndNamedChallengesShareTheRoom() throws Exception {
    Issued named = visitor.request(r -> nodeA.issue(r, ""));
    for (int i = 0; i < 8; i++) {
      clock.advance(Duration.ofMillis(5));
      String unused = issueUnnamed(nodeA);
    }

    assertThat(attributes()).hasSize(8);
    assertThat(verify(nodeB, named.id(), "AK1", "")).isEqualTo(Verdict.USED);
  }

  @Test
  void aSessionHoldsEightOpenChallengesAndTheOldestGoFirst() throws Exception {
    List<Issued> issued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      issued.add(visitor.request(r -> nodeA.issue(r, "")));
      clock.advance(Duration.ofMillis(5));
    }

    assertThat(attributes()).hasSize(8);
    assertThat(verify(nodeB, issued.get(0).id(), "AK1", "")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeB, issued.get(1).id(), "AK2", "")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeB, issued.get(2).id(), "AK3", "")).isEqualTo(Verdict.PASSED);
    assertThat(verify(nodeB, issued.get(9).id(), "AK10", "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void expiredChallengesMakeRoomAndTheApplicationsAttributesStay() throws Exception {
    visitor.request(
        r -> {
          r.getSession().setAttribute("captcha.theirs", "kept");
          return nodeA.issue(r, "");
        });
    clock.advance(TTL);
    visitor.request(r -> nodeA.issue(r, ""));

    assertThat(attributes()).hasSize(2).contains("captcha.theirs");
  }

  /** Each of another answer than all before it: AK1, AK2, and so on. */
  private Captcha captcha() {
    Seal seal = new Seal(List.of("a secret of some length"), random);
    return new Captcha(
        store,
        () -> seal,
        r -> {
          String text = "AK" + made.incrementAndGet();
          return new Question(text, new Answer(text, false));
        },
        new TextPictures(),
        new Captcha.Rules(TTL, Duration.ofMinutes(30), 8, false, NodeMark.UNKNOWN),
        NoLimits.limits(),
        clock,
        random,
        Telemetry.NONE);
  }

  private Captcha hardToGuess() {
    Seal seal = new Seal(List.of("a secret of some length"), random);
    return new Captcha(
        store,
        () -> seal,
        new TextMaker(5, false),
        new TextPictures(),
        new Captcha.Rules(TTL, Duration.ofMinutes(30), 8, false, NodeMark.UNKNOWN),
        NoLimits.limits(),
        clock,
        random,
        Telemetry.NONE);
  }

  private static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String issueUnnamed(Captcha node) throws Exception {
    return shownIn(visitor.request(r -> node.issueUnnamed(r, "login")));
  }

  private String picture(Captcha node, String id) throws Exception {
    return shownIn(Objects.requireNonNull(visitor.request(r -> node.picture(r, id))));
  }

  private static String shownIn(byte[] picture) {
    return new String(picture, StandardCharsets.UTF_8).split("/", 2)[0];
  }

  private Verdict verify(Captcha node, @Nullable String id, String answer, String scope)
      throws Exception {
    return visitor.request(r -> node.verify(r, id, answer, scope));
  }

  private List<String> attributes() throws Exception {
    return visitor.request(r -> Collections.list(r.getSession().getAttributeNames()));
  }
}
