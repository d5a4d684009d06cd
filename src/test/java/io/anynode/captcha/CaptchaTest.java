package io.anynode.captcha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Question;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.rate.NoLimits;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.memory.MemoryStore;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** The life of a challenge over two nodes, each request through Spring Session's own filter. */
class CaptchaTest {

  private static final Duration TTL = Duration.ofMinutes(5);

  private final SessionStore store = MemoryStore.open(TestSettings.session(StoreKind.MEMORY));
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();
  private final Captcha nodeA = captcha(false);
  private final Captcha nodeB = captcha(false);
  private final MockVisitor visitor = new MockVisitor(store);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatOneNodeIssuedAnotherShowsAndVerifiesOnce() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, "login"));

    byte[] picture = picture(nodeB, issued.id());

    assertThat(new String(picture, StandardCharsets.UTF_8)).startsWith("AK7/");
    assertThat(verify(nodeB, issued.id(), "ak7", "login")).isEqualTo(Verdict.PASSED);
    assertThat(verify(nodeA, issued.id(), "ak7", "login")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeB, issued.id(), "ak7", "login")).isEqualTo(Verdict.USED);
    assertThat(picture(nodeA, issued.id())).isNull();
  }

  @Test
  void showingIsTheSameOnEachNodeAndChangesNothing() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));

    byte[] first = picture(nodeA, issued.id());

    for (int i = 0; i < 5; i++) {
      assertThat(picture(nodeB, issued.id())).isEqualTo(first);
    }
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aReplayIsUsedAlsoAfterALoginThatChangedTheSessionsId() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));
    String before = visitor.cookie;
    visitor.request(
        r -> {
          Verdict verdict = nodeB.verify(r, issued.id(), "AK7", "");
          r.changeSessionId();
          return verdict;
        });

    assertThat(visitor.cookie).isNotEqualTo(before);
    assertThat(verify(nodeA, issued.id(), "AK7", "")).isEqualTo(Verdict.USED);
    visitor.cookie = before;
    assertThat(verify(nodeA, issued.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aRequestThatAFilterGaveAnotherSessionStillHasTheStores() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(new OtherSession(marked(r)), ""));

    byte[] picture = visitor.request(r -> nodeB.picture(new OtherSession(marked(r)), issued.id()));
    assertThat(picture).isNotNull();
    Verdict verdict =
        visitor.request(r -> nodeB.verify(new OtherSession(marked(r)), issued.id(), "AK7", ""));
    assertThat(verdict).isEqualTo(Verdict.PASSED);
  }

  private static HttpServletRequest marked(HttpServletRequest springs) {
    springs.setAttribute(Captcha.REQUEST, springs);
    return springs;
  }

  private static final class OtherSession extends HttpServletRequestWrapper {

    OtherSession(HttpServletRequest request) {
      super(request);
    }

    @Override
    public HttpSession getSession() {
      return getSession(true);
    }

    @Override
    public HttpSession getSession(boolean create) {
      throw new AssertionError("This session is none of the captcha's.");
    }
  }

  @Test
  void aWrongAnswerUsesTheChallengeUp() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, issued.id(), "AK8", "")).isEqualTo(Verdict.WRONG);
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.USED);
  }

  @Test
  void anAnswerForAnotherFormDoesNotCountAndUsesTheChallengeUp() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, "login"));

    assertThat(verify(nodeB, issued.id(), "AK7", "mail")).isEqualTo(Verdict.SCOPE);
    assertThat(verify(nodeB, issued.id(), "AK7", "login")).isEqualTo(Verdict.USED);
  }

  @Test
  void fromItsExpiryOnAnAnswerComesTooLate() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));
    Issued other = visitor.request(r -> nodeA.issue(r, ""));
    clock.advance(TTL.minusMillis(1));
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);

    clock.advance(Duration.ofMillis(1));

    assertThat(verify(nodeB, other.id(), "AK7", "")).isEqualTo(Verdict.EXPIRED);
    assertThat(verify(nodeB, other.id(), "AK7", "")).isEqualTo(Verdict.EXPIRED);
    assertThat(picture(nodeA, other.id())).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void noAnswerIsMissing(@Nullable String answer) throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, issued.id(), answer, "")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeA, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "../../etc", "AAAAAAAAAAAAAAAAAAAA\0AAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoIdIsMissing(String id) throws Exception {
    visitor.request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, id, "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(picture(nodeB, id)).isNull();
  }

  @Test
  void anotherSessionsChallengeIsMissingAndStaysTheirs() throws Exception {
    Issued theirs = visitor.request(r -> nodeA.issue(r, ""));
    long theirsBegun = System.currentTimeMillis();
    String their = visitor.cookie;
    visitor.cookie = null;
    // The mark tells sessions apart by the millisecond at which they were begun.
    await().until(() -> System.currentTimeMillis() > theirsBegun);
    visitor.request(r -> nodeA.issue(r, ""));

    assertThat(verify(nodeB, theirs.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(picture(nodeB, theirs.id())).isNull();

    visitor.cookie = their;
    assertThat(verify(nodeB, theirs.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void withoutASessionItIsMissingAndNoneIsBegun() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));
    visitor.cookie = null;

    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(verify(nodeB, null, "AK7", "")).isEqualTo(Verdict.MISSING);
    assertThat(visitor.cookie).isNull();

    clock.advance(TTL);
    assertThat(verify(nodeB, issued.id(), "AK7", "")).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void theSessionHoldsOneShortTextThatDoesNotShowTheAnswer() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, "login"));

    String stored =
        visitor.request(r -> (String) r.getSession().getAttribute("captcha." + issued.id()));

    assertThat(stored).hasSizeLessThan(160).doesNotContain("AK7", "login");
  }

  @Test
  void aSealedTextThatWasAlteredOrIsAnotherInstallationsIsMissing() throws Exception {
    Issued altered = visitor.request(r -> nodeA.issue(r, ""));
    Issued swapped = visitor.request(r -> nodeA.issue(r, ""));
    visitor.request(
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
    Issued one = visitor.request(r -> testing.issue(r, ""));
    Issued two = visitor.request(r -> nodeA.issue(r, ""));

    assertThat(verify(testing, one.id(), "PASSED", "")).isEqualTo(Verdict.PASSED);
    assertThat(verify(testing, one.id(), "PASSED", "")).isEqualTo(Verdict.USED);
    assertThat(verify(nodeA, two.id(), "PASSED", "")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aFaultOfTheStoreIsAVerdictAndNeverAPass() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));
    Captcha broken =
        new Captcha(
            new ClaimFails(store),
            () -> seal("a secret of some length"),
            r -> new Question("AK7", new Answer("AK7", false)),
            new TextPictures(),
            new Captcha.Rules(TTL, Duration.ofMinutes(30), 8, true, NodeMark.UNKNOWN),
            NoLimits.limits(),
            clock,
            random,
            Telemetry.NONE);

    assertThat(verify(broken, issued.id(), "AK7", "")).isEqualTo(Verdict.UNAVAILABLE);
    assertThat(verify(broken, issued.id(), "PASSED", "")).isEqualTo(Verdict.UNAVAILABLE);
  }

  @Test
  void whileTheNodesCannotAgreeOnASecretNothingIsIssued() {
    Captcha secretless = secretless();

    assertThatThrownBy(() -> visitor.request(r -> secretless.issue(r, "")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(visitor.cookie).isNull();
  }

  @Test
  void anAnswerThatCannotBeJudgedForWantOfTheSecretLeavesTheChallengeToTheNextTry()
      throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));

    assertThat(verify(secretless(), issued.id(), "AK7", "")).isEqualTo(Verdict.UNAVAILABLE);
    assertThat(verify(nodeA, issued.id(), "AK7", "")).isEqualTo(Verdict.PASSED);
  }

  private Captcha secretless() {
    return new Captcha(
        store,
        () -> {
          throw new StoreUnavailableException("down", new IllegalStateException());
        },
        r -> new Question("AK7", new Answer("AK7", false)),
        new TextPictures(),
        new Captcha.Rules(TTL, Duration.ofMinutes(30), 8, false, NodeMark.UNKNOWN),
        NoLimits.limits(),
        clock,
        random,
        Telemetry.NONE);
  }

  private Verdict verify(Captcha node, @Nullable String id, @Nullable String answer, String scope)
      throws Exception {
    return visitor.request(r -> node.verify(r, id, answer, scope));
  }

  private byte @Nullable [] picture(Captcha node, String id) throws Exception {
    return visitor.request(r -> node.picture(r, id));
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
        new Captcha.Rules(TTL, Duration.ofMinutes(30), 8, testMode, NodeMark.UNKNOWN),
        NoLimits.limits(),
        clock,
        random,
        Telemetry.NONE);
  }

  private Seal seal(String secret) {
    return new Seal(List.of(secret), random);
  }

  private record ClaimFails(SessionStore store) implements SessionStore {

    @Override
    public SessionRepository<? extends Session> sessions() {
      return store.sessions();
    }

    @Override
    public @Nullable Claimed claimWhole(String sessionId, String attribute) {
      throw new StoreUnavailableException("down", new IllegalStateException());
    }

    @Override
    public @Nullable String read(String sessionId, String attribute) {
      return store.read(sessionId, attribute);
    }

    @Override
    public String agree(String name, String proposal) {
      return store.agree(name, proposal);
    }

    @Override
    public Counters counters() {
      return store.counters();
    }

    @Override
    public void close() {}
  }
}
