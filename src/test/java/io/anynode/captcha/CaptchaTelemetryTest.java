package io.anynode.captcha;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Question;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.SumMaker;
import io.anynode.captcha.rate.NoLimits;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.MemoryStore;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What two nodes tell of the life of a challenge. */
class CaptchaTelemetryTest {

  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Maker AK7 = r -> new Question("AK7", new Answer("AK7", false));

  private final SessionStore store = MemoryStore.open(TestSettings.session(StoreKind.MEMORY));
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();
  private final Seal seal = new Seal(List.of("a secret of some length"), random);
  private final Told told = new Told();
  private final Captcha nodeA = captcha("node-a", AK7);
  private final Captcha nodeB = captcha("node-b", AK7);
  private final MockVisitor visitor = new MockVisitor(store);

  /** Writes down what it is told. */
  private static final class Told implements Telemetry {

    private final List<String> lines = new ArrayList<>();
    private int open;

    @Override
    public void issued(String kind) {
      lines.add("issued " + kind);
    }

    @Override
    public void opened(Instant expires) {
      open++;
    }

    @Override
    public void ended(Instant expires) {
      open--;
    }

    @Override
    public void shown(Form form) {
      lines.add("shown " + form);
    }

    @Override
    public void verdict(String kind, String guard, Verdict verdict, Issuer issuer) {
      lines.add(kind + " " + guard + " " + verdict + " " + issuer);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRoundOverTwoNodesIsToldWithWhoIssuedWhatTheOtherVerified() throws Exception {
    Issued issued = visitor.request(r -> nodeA.issue(r, ""));
    assertThat(told.open).isEqualTo(1);
    visitor.request(r -> nodeB.picture(r, issued.id()));

    visitor.request(r -> nodeB.verify(r, issued.id(), Given.typed("AK7"), "", "login"));
    visitor.request(r -> nodeB.verify(r, issued.id(), Given.typed("AK7"), "", "login"));

    assertThat(told.open).isZero();
    assertThat(told.lines)
        .containsExactly(
            "issued text", "shown PICTURE", "text login PASSED OTHER", "text login USED UNKNOWN");
  }

  @Test
  void theNodeThatIssuedKnowsItsOwnAlsoWhenTheAnswerIsWrongOrForAnotherFormOrLate()
      throws Exception {
    Issued wrong = visitor.request(r -> nodeA.issue(r, ""));
    visitor.request(r -> nodeA.verify(r, wrong.id(), Given.typed("XXX"), "", "login"));
    Issued scoped = visitor.request(r -> nodeA.issue(r, "mail"));
    visitor.request(r -> nodeA.verify(r, scoped.id(), Given.typed("AK7"), "", "login"));
    Issued late = visitor.request(r -> nodeA.issue(r, ""));
    clock.advance(TTL);
    visitor.request(r -> nodeA.verify(r, late.id(), "AK7", ""));

    assertThat(told.lines)
        .filteredOn(line -> !line.startsWith("issued"))
        .containsExactly(
            "text login WRONG SAME", "text login SCOPE SAME", "text none EXPIRED SAME");
  }

  @Test
  void whatIsUnnamedIsToldAsIssuedShownAndTakenUnderTheNameOfWhoTookIt() throws Exception {
    Captcha sums = captcha("node-a", new SumMaker());
    visitor.request(r -> sums.issueUnnamed(r, ""));
    visitor.request(r -> sums.take(r, "no sum", "", "legacy:old").verdict());

    assertThat(told.lines)
        .containsExactly("issued sum", "shown PICTURE", "sum legacy:old WRONG SAME");
    assertThat(told.open).isZero();
  }

  @Test
  void challengesThatNewerOnesPushOutAreOpenNoMore() throws Exception {
    for (int i = 0; i < 12; i++) {
      visitor.request(r -> nodeA.issue(r, ""));
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(told.open).isEqualTo(8);
  }

  private Captcha captcha(String node, Maker maker) {
    return new Captcha(
        store,
        () -> seal,
        maker,
        new TextPictures(),
        new Captcha.Rules(TTL, Duration.ofMinutes(30), 8, false, NodeMark.of(node)),
        NoLimits.limits(),
        clock,
        random,
        told);
  }
}
