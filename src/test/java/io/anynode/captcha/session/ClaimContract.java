package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A challenge counts once, whoever asks and whoever saves late. */
interface ClaimContract extends TwoNodes {

  /** The issue's own numbers for the claim. */
  int CALLERS = 64;

  int ROUNDS = 1_000;

  /** A save carries this many challenges, so that the time goes into claims. */
  int ROUNDS_A_SAVE = 50;

  @Test
  default void ofManyCallersOverTwoNodesExactlyOneGetsTheContent() throws Exception {
    String id = savedOnA("start", "s");
    for (int first = 0; first < ROUNDS; first += ROUNDS_A_SAVE) {
      int batch = first;
      Held<?> session = Held.load(a(), id);
      for (int round = 0; round < ROUNDS_A_SAVE; round++) {
        session.set("captcha." + (batch + round), "content " + (batch + round));
      }
      session.save();

      List<List<@Nullable String>> rounds =
          callers()
              .rounds(
                  CALLERS,
                  ROUNDS_A_SAVE,
                  (caller, round) -> node(caller).claim(id, "captcha." + (batch + round)));

      for (int round = 0; round < ROUNDS_A_SAVE; round++) {
        assertThat(TwoNodes.winnersOf(rounds.get(round)))
            .containsExactly("content " + (batch + round));
      }
    }
  }

  @Test
  default void aClaimTellsWhenTheSessionWasBegun() {
    Held<?> session = Held.create(a()).set("captcha.1", "content").save();
    Instant begun = session.session().getCreationTime().truncatedTo(ChronoUnit.MILLIS);
    String rotated = session.session().changeSessionId();
    session.save();

    assertThat(b().claimWhole(rotated, "captcha.1"))
        .isEqualTo(new SessionStore.Claimed("content", begun))
        .hasToString("(hidden)");
  }

  @Test
  default void whatIsReadCanBeClaimedAfterwardsAndNotBeReadThen() {
    String id = savedOnA("captcha.1", "content");

    assertThat(b().read(id, "captcha.1")).isEqualTo("content");
    assertThat(a().read(id, "captcha.1")).isEqualTo("content");
    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
    assertThat(a().read(id, "captcha.1")).isNull();
  }

  @Test
  default void nothingIsReadOfNoSessionNoAttributeAndNoText() {
    String id = savedOnA("captcha.1", 42);

    assertThat(b().read(id, "captcha.1")).isNull();
    assertThat(b().read(id, "captcha.2")).isNull();
    assertThat(b().read("0".repeat(36), "captcha.1")).isNull();
    assertThat(b().read("../" + id, "captcha.1")).isNull();
  }

  private void assertUsed(String id, String attribute) {
    assertThat(a().claim(id, attribute)).isNull();
    assertThat(b().claim(id, attribute)).isNull();
    assertThat(Held.load(a(), id).session().getAttributeNames()).doesNotContain(attribute);
    assertThat(Held.load(b(), id).session().getAttributeNames()).doesNotContain(attribute);
  }

  @Test
  default void aClaimedChallengeIsGoneOnBothNodes() {
    String id = savedOnA("captcha.1", "content");

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");

    assertUsed(id, "captcha.1");
  }

  @Test
  default void aStaleSessionSavedLaterNeverMakesAClaimedChallengeClaimableAgain() {
    String id = savedOnA("captcha.1", "content");
    Held<?> stale = Held.load(b(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("content");

    stale.set("other", "changed").session().setLastAccessedTime(Instant.now());
    stale.save();

    assertUsed(id, "captcha.1");
    assertThat(Held.load(a(), id).get("other")).isEqualTo("changed");
  }

  @Test
  default void aStaleSessionThatRemovesTheClaimedChallengeDoesNotMakeItClaimableAgain() {
    String id = savedOnA("captcha.1", "content");
    Held<?> stale = Held.load(b(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("content");

    stale.session().removeAttribute("captcha.1");
    stale.session().setLastAccessedTime(Instant.now());
    stale.save();

    assertUsed(id, "captcha.1");
  }

  @Test
  default void theClaimingRequestsOwnCommitDoesNotMakeItClaimableAgain() {
    String id = savedOnA("captcha.1", "content");
    Held<?> own = Held.load(a(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("content");

    own.session().removeAttribute("captcha.1");
    own.set("other", "changed").session().setLastAccessedTime(Instant.now());
    own.save();
    assertUsed(id, "captcha.1");

    own.set("other", "again").save();
    assertUsed(id, "captcha.1");
  }

  @Test
  default void aNewChallengeAfterAClaimIsKept() {
    String id = savedOnA("captcha.1", "one");
    Held<?> own = Held.load(a(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("one");

    own.session().removeAttribute("captcha.1");
    own.set("captcha.2", "two").save();

    assertThat(b().claim(id, "captcha.2")).isEqualTo("two");
    assertUsed(id, "captcha.1");
    assertUsed(id, "captcha.2");
  }

  @Test
  default void aChallengeIsClaimedByItsExactNameOnly() {
    String id = savedOnA("captcha.aB", "content");

    assertThat(a().claim(id, "captcha.ab")).isNull();
    assertThat(a().claim(id, "captcha.aB ")).isNull();
    assertThat(a().claim(savedOnA("start", "of another"), "captcha.aB")).isNull();

    assertThat(a().claim(id, "captcha.aB")).isEqualTo("content");
  }
}
