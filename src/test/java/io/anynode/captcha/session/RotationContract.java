package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The session's id, which changes at login, is not put back by a request in flight. */
interface RotationContract extends TwoNodes {

  int ROTATION_ROUNDS = 300;

  @Test
  default void aRequestInFlightDoesNotPutARotatedIdBack() {
    Held<?> login = Held.create(a()).set("cart", "full").save();
    String before = login.id();
    Held<?> inFlight = Held.load(b(), before);
    Held<?> rotating = Held.load(a(), before);

    String after = rotating.session().changeSessionId();
    rotating.set("user", "Ada").save();
    inFlight.set("seen", "page").session().setLastAccessedTime(Instant.now());
    assertThatCode(inFlight::save).doesNotThrowAnyException();

    for (SessionStore node : List.of(a(), b())) {
      assertThat((Object) node.sessions().findById(before)).isNull();
      Held<?> read = Held.load(node, after);
      assertThat(read.get("user")).isEqualTo("Ada");
      assertThat(read.get("cart")).isEqualTo("full");
    }
  }

  @Test
  default void aRotatedSessionIsSavedOnInTheSameRequest() {
    String before = savedOnA("cart", "full");
    Held<?> rotating = Held.load(a(), before);
    String after = rotating.session().changeSessionId();
    rotating.save();

    rotating.set("user", "Ada").save();

    assertThat(Held.load(b(), after).get("user")).isEqualTo("Ada");
    assertThat((Object) b().sessions().findById(before)).isNull();
  }

  @Test
  default void aSessionRotatedBeforeItsFirstSaveIsStoredUnderItsLastId() {
    Held<?> session = Held.create(a());
    String before = session.id();
    String after = session.session().changeSessionId();
    session.set("user", "Ada").save();

    assertThat((Object) b().sessions().findById(before)).isNull();
    assertThat(Held.load(b(), after).get("user")).isEqualTo("Ada");
  }

  @Test
  default void ofTwoRotationsAtTheSameMomentOneStands() throws Exception {
    for (int i = 0; i < ROTATION_ROUNDS; i++) {
      String before = savedOnA("cart", "full");
      Held<?> onA = Held.load(a(), before);
      Held<?> onB = Held.load(b(), before);
      String one = onA.session().changeSessionId();
      String two = onB.session().changeSessionId();

      callers().<Held<?>>run(List.of(onA::save, onB::save));

      assertThat((Object) a().sessions().findById(before)).isNull();
      boolean oneStands = a().sessions().findById(one) != null;
      boolean twoStands = a().sessions().findById(two) != null;
      assertThat(oneStands).isNotEqualTo(twoStands);
    }
  }

  @Test
  default void claimsThatRaceARotationHaveOneWinnerOverBothIds() throws Exception {
    for (int i = 0; i < ROTATION_ROUNDS; i++) {
      String before = savedOnA("captcha.1", "content");
      Held<?> rotating = Held.load(a(), before);
      String after = rotating.session().changeSessionId();

      List<@Nullable String> answers =
          callers()
              .<String>run(
                  List.of(
                      () -> a().claim(before, "captcha.1"),
                      () -> b().claim(after, "captcha.1"),
                      () -> {
                        rotating.save();
                        return null;
                      },
                      () -> b().claim(before, "captcha.1"),
                      () -> a().claim(after, "captcha.1")));
      List<String> winners = TwoNodes.winnersOf(answers);
      String late = b().claim(after, "captcha.1");
      if (late != null) {
        winners.add(late);
      }

      assertThat(winners).containsExactly("content");
    }
  }

  @Test
  default void afterARotationTheNewIdClaimsAndTheOldOneDoesNot() {
    String before = savedOnA("captcha.1", "content");
    Held<?> rotating = Held.load(a(), before);
    String after = rotating.session().changeSessionId();
    rotating.save();

    assertThat(b().claim(before, "captcha.1")).isNull();
    assertThat(b().claim(after, "captcha.1")).isEqualTo("content");
  }
}
