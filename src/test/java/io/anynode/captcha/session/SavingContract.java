package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.settings.TestSettings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.Session;

/** Sessions that one node saves are read on the other, and a save writes what a request changed. */
interface SavingContract extends TwoNodes {

  int ADD_ROUNDS = 100;

  /** An application's own attribute, which every node's class path knows. */
  record Cart(String owner, List<Integer> articles) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  default List<Object> values() {
    return List.of(
        "text",
        "",
        "Grüße, 漢字, 😀, line\nline, \u0001",
        42,
        -1,
        Long.MAX_VALUE,
        new Cart("Ada", new ArrayList<>(List.of(1, 2, 3))),
        "m".repeat(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("values")
  default void aValueSavedOnOneNodeIsReadOnTheOther(Object value) {
    String id = savedOnA("value", value);

    assertThat(Held.load(b(), id).get("value")).isEqualTo(value);
  }

  @Test
  default void aMegabyteOfBytesSavedOnOneNodeIsReadOnTheOther() {
    byte[] bytes = new byte[1 << 20];
    bytes[77] = 7;

    assertThat(Held.load(b(), savedOnA("bytes", bytes)).get("bytes")).isEqualTo(bytes);
  }

  @Test
  default void attributeNamesMayBeLongAndOfAnyScript() {
    List<String> names =
        List.of(
            "n".repeat(200),
            "漢".repeat(200),
            "ключ",
            "😀",
            "../up",
            "a/b\\c:d*e?f",
            "with space",
            "case",
            "CASE");
    Held<?> session = Held.create(a());
    names.forEach(name -> session.set(name, "value of " + name));
    session.save();

    Session read = Held.load(b(), session.id()).session();

    assertThat(read.getAttributeNames()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(names)
        .allSatisfy(
            name -> assertThat(read.<Object>getAttribute(name)).isEqualTo("value of " + name));
  }

  @Test
  default void aChangedAndARemovedAttributeReachTheOtherNode() {
    String id = Held.create(a()).set("kept", "k").set("changed", 1).set("gone", "g").save().id();
    Held<?> later = Held.load(b(), id).set("changed", 2);
    later.session().removeAttribute("gone");
    later.save();

    Held<?> read = Held.load(a(), id);

    assertThat(read.session().getAttributeNames()).containsExactlyInAnyOrder("kept", "changed");
    assertThat(read.get("changed")).isEqualTo(2);
  }

  @Test
  default void twoRequestsThatChangeDifferentAttributesKeepBothChanges() {
    String id = savedOnA("start", "s");
    Held<?> onA = Held.load(a(), id).set("a", "of a");
    Held<?> onB = Held.load(b(), id).set("b", "of b");
    onA.save();
    onB.save();

    assertThat(Held.load(a(), id).session().getAttributeNames())
        .containsExactlyInAnyOrder("start", "a", "b");
  }

  @Test
  default void timesAreKept() {
    Held<?> session = Held.create(a()).save();
    Instant later = Instant.now().plusSeconds(7).truncatedTo(ChronoUnit.MILLIS);
    session.session().setLastAccessedTime(later);
    session.session().setMaxInactiveInterval(Duration.ofSeconds(77));
    session.save();

    Session read = Held.load(b(), session.id()).session();

    assertThat(read.getCreationTime().toEpochMilli())
        .isEqualTo(session.session().getCreationTime().toEpochMilli());
    assertThat(read.getLastAccessedTime()).isEqualTo(later);
    assertThat(read.getMaxInactiveInterval()).isEqualTo(Duration.ofSeconds(77));
  }

  @Test
  default void aNewSessionLivesAsLongAsTheSettingsSay() {
    Held<?> session = Held.create(a()).save();

    assertThat(session.session().getMaxInactiveInterval()).isEqualTo(TestSettings.TIMEOUT);
    assertThat(Held.load(b(), session.id()).session().getMaxInactiveInterval())
        .isEqualTo(TestSettings.TIMEOUT);
  }

  @Test
  default void twoRequestsThatAddOneAttributeAtTheSameMomentBothSucceed() throws Exception {
    String id = savedOnA("start", "s");
    for (int i = 0; i < ADD_ROUNDS; i++) {
      String name = "added" + i;
      Held<?> onA = Held.load(a(), id).set(name, "of a");
      Held<?> onB = Held.load(b(), id).set(name, "of b");

      callers().<Held<?>>run(List.of(onA::save, onB::save));

      assertThat(Held.load(a(), id).get(name)).isIn("of a", "of b");
    }
  }
}
