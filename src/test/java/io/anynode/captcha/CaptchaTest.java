package io.anynode.captcha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.Question;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.render.Pictures;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.memory.MemoryStore;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** The life of a challenge over two nodes, each request through Spring Session's own filter. */
class CaptchaTest {

  private static final Duration TTL = Duration.ofMinutes(5);

  private final SessionStore store = MemoryStore.open(TestSettings.session(StoreKind.MEMORY));
  private final SteppingClock clock = new SteppingClock(Instant.now());
  private final SecureRandom random = new SecureRandom();
  private final Captcha nodeA = captcha(false);
  private final Captcha nodeB = captcha(false);
  private @Nullable String cookie;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatOneNodeIssuedAnotherShowsAndVerifiesOnce() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, "login"));

    byte[] picture = picture(nodeB, issued.id());

    assertThat(new String(picture, StandardCharsets.UTF_8)).startsWith("AK7/");
    assertThat(verify(nodeB, issued.id(), "ak7", "login")).isEqualTo(Verdict.PASSED);
    assertThat(verify(nodeA, issued.id(), "ak7", "login")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeB, issued.id(), "ak7", "login")).isEqualTo(Verdict.USED);
    assertThat(picture(nodeA, issued.id())).isNull();
  }

  @Test
  void showingIsTheSameOnEachNodeAndChangesNothing() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));

    byte[] first = picture(nodeA, issued.id());

    for (int i = 0; i < 5; i++) {
      assertThat(picture(nodeB, issued.id())).isEqualTo(first);
    }
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aReplayIsUsedAlsoAfterALoginThatChangedTheSessionsId() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));
    String before = cookie;
    request(
        r -> {
          Verdict verdict = nodeB.verify(r, issued.id(), "AK7", "");
          r.changeSessionId();
          return verdict;
        });

    assertThat(cookie).isNotEqualTo(before);
    assertThat(verify(nodeA, issued.id(), "AK7", "")).isEqualTo(Verdict.USED);
    cookie = before;
    assertThat(verify(nodeA, issued.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aWrongAnswerUsesTheChallengeUp() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, issued.id(), "AK8", "")).isEqualTo(Verdict.WRONG);
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.USED);
  }

  @Test
  void anAnswerForAnotherFormDoesNotCountAndUsesTheChallengeUp() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, "login"));

    assertThat(verify(nodeB, issued.id(), "AK7", "mail")).isEqualTo(Verdict.SCOPE);
    assertThat(verify(nodeB, issued.id(), "AK7", "login")).isEqualTo(Verdict.USED);
  }

  @Test
  void fromItsExpiryOnAnAnswerComesTooLate() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));
    Issued other = request(r -> nodeA.issue(r, ""));
    clock.step(TTL.minusMillis(1));
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);

    clock.step(Duration.ofMillis(1));

    assertThat(verify(nodeB, other.id(), "AK7", "")).isEqualTo(Verdict.EXPIRED);
    assertThat(verify(nodeB, other.id(), "AK7", "")).isEqualTo(Verdict.EXPIRED);
    assertThat(picture(nodeA, other.id())).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void noAnswerIsMissing(@Nullable String answer) throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, issued.id(), answer, "")).isEqualTo(Verdict.MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "../../etc", "AAAAAAAAAAAAAAAAAAAA\0AAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoIdIsMissing(String id) throws Exception {
    request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, id, "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(picture(nodeB, id)).isNull();
  }

  @Test
  void anotherSessionsChallengeIsMissingAndStaysTheirs() throws Exception {
    Issued theirs = request(r -> nodeA.issue(r, ""));
    long theirsBegun = System.currentTimeMillis();
    String their = cookie;
    cookie = null;
    // The mark tells sessions apart by the millisecond at which they were begun.
    await().until(() -> System.currentTimeMillis() > theirsBegun);
    request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, theirs.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(picture(nodeB, theirs.id())).isNull();

    cookie = their;
    assertThat(verify(nodeB, theirs.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void withoutASessionItIsMissingAndNoneIsBegun() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));
    cookie = null;

    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeB, null, "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(cookie).isNull();

    clock.step(TTL);
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void theNewestUnnamedChallengeIsTheOneThatAnAnswerWithoutIdIsFor() throws Exception {
    request(r -> nodeA.issueUnnamed(r, "login"));
    clock.step(Duration.ofMillis(5));
    byte[] second = request(r -> nodeB.issueUnnamed(r, "login"));

    assertThat(new String(second, StandardCharsets.UTF_8)).startsWith("AK7/");
    assertThat(verify(nodeA, null, "AK7", "login")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void eachOfSeveralUnnamedChallengesCountsOnceWhereTheyAreHardToGuess() throws Exception {
    Captcha hard = hardToGuess();
    String older = shown(request(r -> hard.issueUnnamed(r, "login")));
    clock.step(Duration.ofMillis(5));
    String newer = shown(request(r -> hard.issueUnnamed(r, "login")));

    assertThat(verify(hard, null, older, "login")).isEqualTo(Verdict.PASSED);
    assertThat(attributes()).hasSize(1);
    assertThat(verify(hard, null, newer, "login")).isEqualTo(Verdict.PASSED);
    assertThat(verify(hard, null, older, "login")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aWrongAnswerWithoutIdUsesExactlyOneUp() throws Exception {
    Captcha hard = hardToGuess();
    String older = shown(request(r -> hard.issueUnnamed(r, "")));
    clock.step(Duration.ofMillis(5));
    String newer = shown(request(r -> hard.issueUnnamed(r, "")));

    assertThat(verify(hard, null, "0", "")).isEqualTo(Verdict.WRONG);
    assertThat(verify(hard, null, newer, "")).isEqualTo(Verdict.WRONG);
    assertThat(verify(hard, null, older, "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void whoLosesTheNewestIsNotComparedWithTheOthers() throws Exception {
    Captcha hard = hardToGuess();
    String older = shown(request(r -> hard.issueUnnamed(r, "")));
    clock.step(Duration.ofMillis(5));
    request(r -> hard.issueUnnamed(r, ""));

    Verdict late =
        request(
            r -> {
              assertThat(r.getSession(false)).isNotNull();
              assertThat(unchecked(() -> verify(hard, null, "0", ""))).isEqualTo(Verdict.WRONG);
              return hard.verify(r, null, older, "");
            });

    assertThat(late).isEqualTo(Verdict.USED);
    assertThat(verify(hard, null, older, "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void unnamedChallengesOfOneFormAreNotAnothers() throws Exception {
    request(r -> nodeA.issueUnnamed(r, "login"));

    assertThat(verify(nodeA, null, "AK7", "mail")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeA, null, "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeA, null, "AK7", "login")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aChallengeThatWasCopiedIntoAnotherSessionDoesNotCountThere() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));
    String name = "captcha." + issued.id();
    long begun = System.currentTimeMillis();
    await().until(() -> System.currentTimeMillis() > begun);

    request(
        r -> {
          Object copied = r.getSession().getAttribute(name);
          assertThat(nodeA.verify(r, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
          r.getSession().invalidate();
          r.getSession().setAttribute(name, copied);
          return true;
        });

    assertThat(attributes()).contains(name);
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void anAnswerWithoutIdNeverCountsForAChallengeThatHasOne() throws Exception {
    request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeA, null, "AK7", "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aSessionHoldsEightOpenChallengesAndTheOldestGoFirst() throws Exception {
    List<Issued> issued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      issued.add(request(r -> nodeA.issue(r, "")));
      clock.step(Duration.ofMillis(5));
    }

    assertThat(attributes()).hasSize(8);
    assertThat(verify(nodeB, issued.get(0).id(), "AK7", "")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeB, issued.get(1).id(), "AK7", "")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeB, issued.get(2).id(), "AK7", "")).isEqualTo(Verdict.PASSED);
    assertThat(verify(nodeB, issued.get(9).id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void expiredChallengesMakeRoomAndTheApplicationsAttributesStay() throws Exception {
    request(
        r -> {
          r.getSession().setAttribute("captcha.theirs", "kept");
          return nodeA.issue(r, "");
        });
    clock.step(TTL);
    request(r -> nodeA.issue(r, ""));

    assertThat(attributes()).hasSize(2).contains("captcha.theirs");
  }

  @Test
  void theSessionHoldsOneShortTextThatDoesNotShowTheAnswer() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, "login"));

    String stored = request(r -> (String) r.getSession().getAttribute("captcha." + issued.id()));

    assertThat(stored).hasSizeLessThan(160).doesNotContain("AK7", "login");
  }

  @Test
  void aSealedTextThatWasAlteredOrIsAnotherInstallationsIsMissing() throws Exception {
    Issued altered = request(r -> nodeA.issue(r, ""));
    Issued swapped = request(r -> nodeA.issue(r, ""));
    request(
        r -> {
          Object text = r.getSession().getAttribute("captcha." + swapped.id());
          r.getSession().setAttribute("captcha." + altered.id(), text);
          return text;
        });

    assertThat(picture(nodeB, altered.id())).isNull();
    assertThat(verify(nodeB, altered.id(), "AK7", "")).isEqualTo(Verdict.MISSING);

    Captcha elsewhere = captcha(false, "a secret of somewhere else");
    assertThat(verify(elsewhere, swapped.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void passedIsRightInTestModeOnlyAndOnce() throws Exception {
    Captcha testing = captcha(true);
    Issued one = request(r -> testing.issue(r, ""));
    Issued two = request(r -> nodeA.issue(r, ""));

    assertThat(verify(testing, one.id(), "PASSED", "")).isEqualTo(Verdict.PASSED);
    assertThat(verify(testing, one.id(), "PASSED", "")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeA, two.id(), "PASSED", "")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aFaultOfTheStoreIsAVerdictAndNeverAPass() throws Exception {
    Issued issued = request(r -> nodeA.issue(r, ""));
    Captcha broken =
        new Captcha(
            new ClaimFails(store),
            () -> seal("a secret of some length"),
            r -> new Question("AK7", new Answer("AK7", false)),
            new TextPictures(),
            new Captcha.Rules(TTL, 8, true),
            clock,
            random);

    assertThat(verify(broken, issued.id(), "AK7", "")).isEqualTo(Verdict.UNAVAILABLE);
    assertThat(verify(broken, issued.id(), "PASSED", "")).isEqualTo(Verdict.UNAVAILABLE);
  }

  @Test
  void whileTheNodesCannotAgreeOnASecretNothingIsIssued() {
    Captcha secretless =
        new Captcha(
            store,
            () -> {
              throw new StoreUnavailableException("down", new IllegalStateException());
            },
            r -> new Question("AK7", new Answer("AK7", false)),
            new TextPictures(),
            new Captcha.Rules(TTL, 8, false),
            clock,
            random);

    assertThatThrownBy(() -> request(r -> secretless.issue(r, "")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(cookie).isNull();
  }

  private Verdict verify(Captcha node, @Nullable String id, @Nullable String answer, String scope)
      throws Exception {
    return request(r -> node.verify(r, id, answer, scope));
  }

  private byte @Nullable [] picture(Captcha node, String id) throws Exception {
    return request(r -> node.picture(r, id));
  }

  private List<String> attributes() throws Exception {
    return request(r -> Collections.list(r.getSession().getAttributeNames()));
  }

  /** One request of the visitor's, with the cookie that the last response left. */
  private <T extends @Nullable Object> T request(Function<HttpServletRequest, T> work)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (cookie != null) {
      request.setCookies(new Cookie("SESSION", cookie));
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    Result<T> result = new Result<>(work);
    filter(store.sessions()).doFilter(request, response, result);
    Cookie set = response.getCookie("SESSION");
    if (set != null) {
      cookie = set.getValue();
    }
    return result.values.get(0);
  }

  private static <S extends Session> SessionRepositoryFilter<S> filter(
      SessionRepository<S> sessions) {
    return new SessionRepositoryFilter<>(sessions);
  }

  private Captcha hardToGuess() {
    Seal seal = seal("a secret of some length");
    return new Captcha(
        store,
        () -> seal,
        new TextMaker(5, false),
        new TextPictures(),
        new Captcha.Rules(TTL, 8, false),
        clock,
        random);
  }

  private static String shown(byte[] picture) {
    return new String(picture, StandardCharsets.UTF_8).split("/", -1)[0];
  }

  private static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Captcha captcha(boolean testMode) {
    return captcha(testMode, "a secret of some length");
  }

  private Captcha captcha(boolean testMode, String secret) {
    Seal seal = seal(secret);
    return new Captcha(
        store,
        () -> seal,
        r -> new Question("AK7", new Answer("AK7", false)),
        new TextPictures(),
        new Captcha.Rules(TTL, 8, testMode),
        clock,
        random);
  }

  private Seal seal(String secret) {
    return new Seal(List.of(secret), random);
  }

  private static final class Result<T extends @Nullable Object> implements FilterChain {

    private final Function<HttpServletRequest, T> work;
    private final List<T> values = new ArrayList<>();

    Result(Function<HttpServletRequest, T> work) {
      this.work = work;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      values.add(work.apply((HttpServletRequest) request));
    }
  }

  /** Draws what can be compared. */
  private static final class TextPictures implements Pictures {

    @Override
    public byte[] draw(String text, long seed) {
      return (text + "/" + seed).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean canDraw(char character) {
      return true;
    }
  }

  private record ClaimFails(SessionStore store) implements SessionStore {

    @Override
    public SessionRepository<? extends Session> sessions() {
      return store.sessions();
    }

    @Override
    public @Nullable String claim(String sessionId, String attribute) {
      throw new StoreUnavailableException("down", new IllegalStateException());
    }

    @Override
    public String agree(String name, String proposal) {
      return store.agree(name, proposal);
    }

    @Override
    public void close() {}
  }

  private static final class SteppingClock extends Clock {

    private Instant now;

    SteppingClock(Instant now) {
      this.now = now;
    }

    void step(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
