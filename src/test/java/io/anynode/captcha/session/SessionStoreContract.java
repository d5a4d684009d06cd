package io.anynode.captcha.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.settings.TestSettings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.Session;

/**
 * What every store promises, asked of two nodes over one backing. A store's test starts its backing
 * in a {@code @BeforeAll} and stops it in {@link #stopBacking}, after the nodes are closed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SessionStoreContract {

  /** The issue's own numbers for the claim. */
  private static final int CALLERS = 64;

  private static final int ROUNDS = 1_000;

  /** A save carries this many challenges, so that the time goes into claims. */
  private static final int ROUNDS_A_SAVE = 50;

  private static final int ROTATION_ROUNDS = 300;
  private static final int ADD_ROUNDS = 100;

  /** An application's own attribute, which every node's class path knows. */
  record Cart(String owner, List<Integer> articles) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final List<SessionStore> opened = new ArrayList<>();
  private final AtOnce atOnce = new AtOnce();
  private @Nullable SessionStore nodeA;
  private @Nullable SessionStore nodeB;

  /**
   * Opens one more node over the same backing, with the settings of {@link TestSettings}. The
   * contract closes it.
   */
  protected abstract SessionStore openNode() throws Exception;

  /** How many sessions lie in the backing now, the expired ones too. */
  protected abstract long storedSessions() throws Exception;

  /** Overwrites a stored attribute with bytes that no node can read. */
  protected abstract void damage(String sessionId, String attribute) throws Exception;

  /** Whether values leave the JVM as bytes; false only for a store that keeps the objects. */
  protected boolean storesBytes() {
    return true;
  }

  /** Whether a thread belongs to the JVM or to the backing, so that it may outlive a store. */
  protected boolean isForeign(Thread thread) {
    return thread.getName().startsWith("ForkJoinPool.commonPool")
        || thread.getName().startsWith("process reaper")
        || thread.getName().startsWith("Attach Listener");
  }

  /** Ends what the store's test started. */
  protected void stopBacking() throws Exception {}

  /** Before the first test and not before all: JUnit runs a subclass's {@code @BeforeAll} later. */
  @BeforeEach
  final void openTwoNodes() throws Exception {
    if (nodeA == null) {
      nodeA = open();
      nodeB = open();
    }
  }

  @AfterAll
  final void closeAll() throws Exception {
    opened.forEach(SessionStore::close);
    atOnce.close();
    stopBacking();
  }

  private SessionStore open() throws Exception {
    SessionStore node = openNode();
    opened.add(node);
    return node;
  }

  protected final SessionStore a() {
    return Objects.requireNonNull(nodeA);
  }

  protected final SessionStore b() {
    return Objects.requireNonNull(nodeB);
  }

  private SessionStore node(int number) {
    return number % 2 == 0 ? a() : b();
  }

  /** Saves a session with one attribute on node A. */
  private String saved(String attribute, Object value) {
    return Held.create(a()).set(attribute, value).save().id();
  }

  // Sessions

  static List<Object> values() {
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
  void aValueSavedOnOneNodeIsReadOnTheOther(Object value) {
    String id = saved("value", value);

    assertThat(Held.load(b(), id).get("value")).isEqualTo(value);
  }

  @Test
  void aMegabyteOfBytesSavedOnOneNodeIsReadOnTheOther() {
    byte[] bytes = new byte[1 << 20];
    bytes[77] = 7;

    assertThat(Held.load(b(), saved("bytes", bytes)).get("bytes")).isEqualTo(bytes);
  }

  @Test
  void attributeNamesMayBeLongAndOfAnyScript() {
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
  void aChangedAndARemovedAttributeReachTheOtherNode() {
    String id = Held.create(a()).set("kept", "k").set("changed", 1).set("gone", "g").save().id();
    Held<?> later = Held.load(b(), id).set("changed", 2);
    later.session().removeAttribute("gone");
    later.save();

    Held<?> read = Held.load(a(), id);

    assertThat(read.session().getAttributeNames()).containsExactlyInAnyOrder("kept", "changed");
    assertThat(read.get("changed")).isEqualTo(2);
  }

  @Test
  void twoRequestsThatChangeDifferentAttributesKeepBothChanges() {
    String id = saved("start", "s");
    Held<?> onA = Held.load(a(), id).set("a", "of a");
    Held<?> onB = Held.load(b(), id).set("b", "of b");
    onA.save();
    onB.save();

    assertThat(Held.load(a(), id).session().getAttributeNames())
        .containsExactlyInAnyOrder("start", "a", "b");
  }

  @Test
  void timesAreKept() {
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
  void aNewSessionLivesAsLongAsTheSettingsSay() {
    Held<?> session = Held.create(a()).save();

    assertThat(session.session().getMaxInactiveInterval()).isEqualTo(TestSettings.TIMEOUT);
    assertThat(Held.load(b(), session.id()).session().getMaxInactiveInterval())
        .isEqualTo(TestSettings.TIMEOUT);
  }

  @Test
  void twoRequestsThatAddOneAttributeAtTheSameMomentBothSucceed() throws Exception {
    String id = saved("start", "s");
    for (int i = 0; i < ADD_ROUNDS; i++) {
      String name = "added" + i;
      Held<?> onA = Held.load(a(), id).set(name, "of a");
      Held<?> onB = Held.load(b(), id).set(name, "of b");

      atOnce.<Held<?>>run(List.of(onA::save, onB::save));

      assertThat(Held.load(a(), id).get(name)).isIn("of a", "of b");
    }
  }

  // The claim

  @Test
  void ofManyCallersOverTwoNodesExactlyOneGetsTheContent() throws Exception {
    String id = saved("start", "s");
    for (int first = 0; first < ROUNDS; first += ROUNDS_A_SAVE) {
      int batch = first;
      Held<?> session = Held.load(a(), id);
      for (int round = 0; round < ROUNDS_A_SAVE; round++) {
        session.set("captcha." + (batch + round), "content " + (batch + round));
      }
      session.save();

      List<List<@Nullable String>> rounds =
          atOnce.rounds(
              CALLERS,
              ROUNDS_A_SAVE,
              (caller, round) -> node(caller).claim(id, "captcha." + (batch + round)));

      for (int round = 0; round < ROUNDS_A_SAVE; round++) {
        assertThat(winnersOf(rounds.get(round))).containsExactly("content " + (batch + round));
      }
    }
  }

  private static List<String> winnersOf(List<@Nullable String> answers) {
    List<String> winners = new ArrayList<>();
    for (String answer : answers) {
      if (answer != null) {
        winners.add(answer);
      }
    }
    return winners;
  }

  private void assertUsed(String id, String attribute) {
    assertThat(a().claim(id, attribute)).isNull();
    assertThat(b().claim(id, attribute)).isNull();
    assertThat(Held.load(a(), id).session().getAttributeNames()).doesNotContain(attribute);
    assertThat(Held.load(b(), id).session().getAttributeNames()).doesNotContain(attribute);
  }

  @Test
  void aClaimedChallengeIsGoneOnBothNodes() {
    String id = saved("captcha.1", "content");

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");

    assertUsed(id, "captcha.1");
  }

  @Test
  void aStaleSessionSavedLaterNeverMakesAClaimedChallengeClaimableAgain() {
    String id = saved("captcha.1", "content");
    Held<?> stale = Held.load(b(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("content");

    stale.set("other", "changed").session().setLastAccessedTime(Instant.now());
    stale.save();

    assertUsed(id, "captcha.1");
    assertThat(Held.load(a(), id).get("other")).isEqualTo("changed");
  }

  @Test
  void aStaleSessionThatRemovesTheClaimedChallengeDoesNotMakeItClaimableAgain() {
    String id = saved("captcha.1", "content");
    Held<?> stale = Held.load(b(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("content");

    stale.session().removeAttribute("captcha.1");
    stale.session().setLastAccessedTime(Instant.now());
    stale.save();

    assertUsed(id, "captcha.1");
  }

  @Test
  void theClaimingRequestsOwnCommitDoesNotMakeItClaimableAgain() {
    String id = saved("captcha.1", "content");
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
  void aNewChallengeAfterAClaimIsKept() {
    String id = saved("captcha.1", "one");
    Held<?> own = Held.load(a(), id);
    assertThat(a().claim(id, "captcha.1")).isEqualTo("one");

    own.session().removeAttribute("captcha.1");
    own.set("captcha.2", "two").save();

    assertThat(b().claim(id, "captcha.2")).isEqualTo("two");
    assertUsed(id, "captcha.1");
    assertUsed(id, "captcha.2");
  }

  @Test
  void aChallengeIsClaimedByItsExactNameOnly() {
    String id = saved("captcha.aB", "content");

    assertThat(a().claim(id, "captcha.ab")).isNull();
    assertThat(a().claim(id, "captcha.aB ")).isNull();
    assertThat(a().claim(saved("start", "of another"), "captcha.aB")).isNull();

    assertThat(a().claim(id, "captcha.aB")).isEqualTo("content");
  }

  // The id that changes at login

  @Test
  void aRequestInFlightDoesNotPutARotatedIdBack() {
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
  void aRotatedSessionIsSavedOnInTheSameRequest() {
    String before = saved("cart", "full");
    Held<?> rotating = Held.load(a(), before);
    String after = rotating.session().changeSessionId();
    rotating.save();

    rotating.set("user", "Ada").save();

    assertThat(Held.load(b(), after).get("user")).isEqualTo("Ada");
    assertThat((Object) b().sessions().findById(before)).isNull();
  }

  @Test
  void aSessionRotatedBeforeItsFirstSaveIsStoredUnderItsLastId() {
    Held<?> session = Held.create(a());
    String before = session.id();
    String after = session.session().changeSessionId();
    session.set("user", "Ada").save();

    assertThat((Object) b().sessions().findById(before)).isNull();
    assertThat(Held.load(b(), after).get("user")).isEqualTo("Ada");
  }

  @Test
  void ofTwoRotationsAtTheSameMomentOneStands() throws Exception {
    for (int i = 0; i < ADD_ROUNDS; i++) {
      String before = saved("cart", "full");
      Held<?> onA = Held.load(a(), before);
      Held<?> onB = Held.load(b(), before);
      String one = onA.session().changeSessionId();
      String two = onB.session().changeSessionId();

      atOnce.<Held<?>>run(List.of(onA::save, onB::save));

      assertThat((Object) a().sessions().findById(before)).isNull();
      boolean oneStands = a().sessions().findById(one) != null;
      boolean twoStands = a().sessions().findById(two) != null;
      assertThat(oneStands).isNotEqualTo(twoStands);
    }
  }

  @Test
  void claimsThatRaceARotationHaveOneWinnerOverBothIds() throws Exception {
    for (int i = 0; i < ROTATION_ROUNDS; i++) {
      String before = saved("captcha.1", "content");
      Held<?> rotating = Held.load(a(), before);
      String after = rotating.session().changeSessionId();

      List<@Nullable String> answers =
          atOnce.<String>run(
              List.of(
                  () -> a().claim(before, "captcha.1"),
                  () -> b().claim(after, "captcha.1"),
                  () -> {
                    rotating.save();
                    return null;
                  },
                  () -> b().claim(before, "captcha.1"),
                  () -> a().claim(after, "captcha.1")));
      List<String> winners = winnersOf(answers);
      String late = b().claim(after, "captcha.1");
      if (late != null) {
        winners.add(late);
      }

      assertThat(winners).containsExactly("content");
    }
  }

  @Test
  void afterARotationTheNewIdClaimsAndTheOldOneDoesNot() {
    String before = saved("captcha.1", "content");
    Held<?> rotating = Held.load(a(), before);
    String after = rotating.session().changeSessionId();
    rotating.save();

    assertThat(b().claim(before, "captcha.1")).isNull();
    assertThat(b().claim(after, "captcha.1")).isEqualTo("content");
  }

  // The end of a session

  @Test
  void savingASessionThatWasDeletedDoesNothing() {
    String id = saved("captcha.1", "content");
    Held<?> inFlight = Held.load(b(), id);
    a().sessions().deleteById(id);

    inFlight.set("other", "changed").session().setLastAccessedTime(Instant.now());
    assertThatCode(inFlight::save).doesNotThrowAnyException();

    assertAbsent(id);
    assertThat(a().claim(id, "captcha.1")).isNull();
  }

  @Test
  void rotatingASessionThatWasDeletedDoesNothing() {
    String id = saved("captcha.1", "content");
    Held<?> inFlight = Held.load(b(), id);
    a().sessions().deleteById(id);

    String after = inFlight.session().changeSessionId();
    assertThatCode(inFlight.set("user", "Ada")::save).doesNotThrowAnyException();

    assertAbsent(id);
    assertAbsent(after);
  }

  @Test
  void deletingASessionTwiceIsFine() {
    String id = saved("start", "s");

    a().sessions().deleteById(id);
    assertThatCode(() -> b().sessions().deleteById(id)).doesNotThrowAnyException();

    assertAbsent(id);
  }

  private void assertAbsent(String id) {
    assertThat((Object) a().sessions().findById(id)).isNull();
    assertThat((Object) b().sessions().findById(id)).isNull();
  }

  @Test
  void anExpiredSessionIsAbsentAndNothingInItCanBeClaimed() {
    Held<?> session = Held.create(a()).set("captcha.1", "content");
    session.session().setMaxInactiveInterval(Duration.ofSeconds(1));
    String id = session.save().id();

    await().atMost(10, SECONDS).until(() -> b().sessions().findById(id) == null);

    assertAbsent(id);
    assertThat(a().claim(id, "captcha.1")).isNull();
  }

  @Test
  void expiredSessionsAreSweptFromTheBacking() throws Exception {
    long before = storedSessions();
    int expiring = 30;
    for (int i = 0; i < expiring; i++) {
      Held<?> session = Held.create(node(i)).set("start", "s");
      session.session().setMaxInactiveInterval(Duration.ofSeconds(3));
      session.save();
    }
    String stays = saved("start", "s");

    await().atMost(30, SECONDS).until(() -> storedSessions() <= before + 1);

    assertThat(Held.load(b(), stays).get("start")).isEqualTo("s");
  }

  @Test
  void aSessionWithANegativeIntervalNeverExpiresAndCanBeDeleted() throws Exception {
    Held<?> session = Held.create(a()).set("captcha.1", "content");
    session.session().setMaxInactiveInterval(Duration.ofSeconds(-1));
    session.session().setLastAccessedTime(Instant.now().minus(Duration.ofDays(365)));
    String id = session.save().id();
    expiredSessionsAreSweptFromTheBacking();

    assertThat(Held.load(b(), id).session().isExpired()).isFalse();
    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");

    b().sessions().deleteById(id);
    assertAbsent(id);
  }

  // Bad input

  static List<String> oddIds() {
    return List.of(
        UUID.randomUUID().toString(),
        "",
        " ",
        "\0",
        "a\0b",
        "../x",
        "..",
        "/etc/passwd",
        "%00",
        "*",
        "{x}",
        "' OR 1=1 --",
        "\uFFFD漢😀",
        "x".repeat(10_240));
  }

  @ParameterizedTest
  @MethodSource("oddIds")
  void anOddSessionIdFindsNothingAndHarmsNothing(String odd) {
    String id = saved("captcha.1", "content");

    assertAbsent(odd);
    assertThat(a().claim(odd, "captcha.1")).isNull();
    assertThatCode(() -> a().sessions().deleteById(odd)).doesNotThrowAnyException();

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
  }

  @ParameterizedTest
  @MethodSource("oddIds")
  void anOddAttributeNameClaimsNothing(String odd) {
    String id = saved("captcha.1", "content");

    assertThat(a().claim(id, odd)).isNull();
    assertThat(a().claim(id, "captcha." + odd)).isNull();

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void aSessionWithAnAttributeThatCannotBeReadIsAbsentAndOthersGoOn() throws Exception {
    Cart cart = new Cart("Ada", List.of());
    String id = saved("cart", cart);
    if (!storesBytes()) {
      assertThat(Held.load(b(), id).get("cart")).isSameAs(cart);
      return;
    }
    String other = saved("cart", cart);
    damage(id, "cart");

    assertAbsent(id);
    assertThat(Held.load(b(), other).get("cart")).isEqualTo(cart);
  }

  @Test
  void aValueThatCannotBeSerializedIsRefusedAndWhatWasStoredStays() {
    String id = saved("start", "s");
    Object value = new Object();
    Held<?> session = Held.load(a(), id);
    if (!storesBytes()) {
      session.set("value", value).save();
      assertThat(Held.load(b(), id).get("value")).isSameAs(value);
      return;
    }

    assertThatThrownBy(() -> session.set("value", value).save())
        .isInstanceOf(UnstorableAttributeException.class);

    assertThat(Held.load(b(), id).session().getAttributeNames()).containsExactly("start");
  }

  // What the nodes agree on

  @Test
  void allNodesAgreeOnOneValueAlsoWhenTheyAskAtTheSameMoment() throws Exception {
    String name = "contract." + UUID.randomUUID();
    List<@Nullable String> agreed =
        atOnce.rounds(32, 1, (caller, round) -> node(caller).agree(name, "of " + caller)).get(0);

    String value = agreed.get(0);
    assertThat(value).matches("of [0-9]+");
    assertThat(agreed).containsOnly(value);
    assertThat(open().agree(name, "late")).isEqualTo(value);
  }

  @Test
  void anotherNameIsAnotherValue() {
    String name = "contract." + UUID.randomUUID();
    String longest = "v".repeat(200);

    assertThat(a().agree(name, "one")).isEqualTo("one");
    assertThat(b().agree(name + ".other", longest)).isEqualTo(longest);
    assertThat(a().agree(name + ".other", "late")).isEqualTo(longest);
    assertThat(b().agree(name, "late")).isEqualTo("one");
  }

  // Closing

  @Test
  void closingTwiceIsFineAndLeavesNoThread() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    SessionStore node = open();
    String id = Held.create(node).set("captcha.1", "content").save().id();
    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");

    node.close();
    assertThatCode(node::close).doesNotThrowAnyException();

    await()
        .pollInSameThread()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread) && !isForeign(thread))
                    .isEmpty());
    assertThat(Held.load(a(), id).session().getAttributeNames()).isEmpty();
  }
}
