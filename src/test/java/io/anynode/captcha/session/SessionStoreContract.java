package io.anynode.captcha.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.time.Duration;
import java.time.Instant;
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

/**
 * What every store promises, asked of two nodes over one backing. A store's test starts its backing
 * in a {@code @BeforeAll} and stops it in {@link #stopBacking}, after the nodes are closed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SessionStoreContract
    implements SavingContract,
        ClaimContract,
        CounterContract,
        RotationContract,
        EndContract,
        BadInputContract,
        DistrustContract,
        TokensContract {

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
  @Override
  public boolean storesBytes() {
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

  @Override
  public final SessionStore a() {
    return Objects.requireNonNull(nodeA);
  }

  @Override
  public final SessionStore b() {
    return Objects.requireNonNull(nodeB);
  }

  @Override
  public final AtOnce callers() {
    return atOnce;
  }

  // What needs the backing itself

  @Test
  void expiredSessionsAreSweptFromTheBacking() throws Exception {
    long before = storedSessions();
    int expiring = 30;
    for (int i = 0; i < expiring; i++) {
      Held<?> session = Held.create(node(i)).set("start", "s");
      session.session().setMaxInactiveInterval(Duration.ofSeconds(3));
      session.save();
    }
    String stays = savedOnA("start", "s");

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

  @Test
  void aSessionWithAnAttributeThatCannotBeReadIsAbsentAndOthersGoOn() throws Exception {
    SavingContract.Cart cart = new SavingContract.Cart("Ada", List.of());
    String id = savedOnA("cart", cart);
    if (!storesBytes()) {
      assertThat(Held.load(b(), id).get("cart")).isSameAs(cart);
      return;
    }
    String other = savedOnA("cart", cart);
    damage(id, "cart");

    try (LogLines log = LogLines.of(CarefulRepository.class)) {
      assertAbsent(id);
      assertAbsent(id);
      assertThat(log.with("attribute cart.")).as("once on each node").hasSize(2);
    }
    assertThat(Held.load(b(), other).get("cart")).isEqualTo(cart);
  }

  @Test
  void aValueThatCannotBeSerializedIsLeftOutAndNamedOnceAndTheRestIsSaved() {
    Object value = List.of(new Object());
    String id = Held.create(a()).set("kept", "k").set("replaced", "r").save().id();
    Held<?> session =
        Held.load(a(), id)
            .set("replaced", value)
            .set("odd 漢", value)
            .set("captcha.1", "content")
            .set("also", value);
    if (!storesBytes()) {
      assertThat(Held.load(b(), session.save().id()).get("replaced")).isIn("r", value);
      return;
    }
    try (LogLines log = LogLines.of(CarefulRepository.class)) {
      session.save();
      session.set("after", "a").save();
      Held.load(a(), id).set("replaced", value).save();
      Held.create(a()).set("replaced", value).save();

      assertThat(log.with("is not stored")).hasSize(3);
      assertThat(log.with("WARNING The session attribute replaced is not stored"))
          .singleElement()
          .asString()
          .contains(value.getClass().getName(), ": java.lang.Object;");
      assertThat(log.with("attribute odd?? is")).hasSize(1);
    }
    assertThat(session.get("replaced")).as("the request that set it still has it").isSameAs(value);
    assertThat(Held.load(b(), id).session().getAttributeNames())
        .containsExactlyInAnyOrder("kept", "captcha.1", "after");
    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void aNewSessionWithAValueThatCannotBeSerializedIsSavedWithoutIt() {
    Held<?> session = Held.create(a()).set("value", new Object()).set("captcha.1", "content");

    String id = session.save().id();

    assertThat(b().claim(id, "captcha.1")).isEqualTo("content");
    if (storesBytes()) {
      assertThat(Held.load(b(), id).session().getAttributeNames()).isEmpty();
    }
  }

  @Test
  void aRotatedSessionWithAValueThatCannotBeSerializedIsSavedUnderItsNewId() {
    String before = savedOnA("kept", "k");
    Held<?> session = Held.load(a(), before).set("value", new Object());
    session.session().changeSessionId();

    String id = session.save().id();

    assertAbsent(before);
    assertThat(Held.load(b(), id).get("kept")).isEqualTo("k");
  }

  @Test
  void theIdsOfSessionsAreThoseOfTheApplication() {
    SessionIds ids = SessionIds.of(TestSettings.session(StoreKind.MEMORY).cookie());
    Held<?> session = Held.create(a());
    assertThat(ids.isOwn(session.id())).isTrue();
    assertThat(ids.isOwn(session.session().changeSessionId())).isTrue();
    Held<?> read = Held.load(b(), session.save().id());
    assertThat(ids.isOwn(read.session().changeSessionId())).isTrue();
    read.save();
    assertThat(Held.load(a(), read.id()).id()).isEqualTo(read.id());
  }

  // What the nodes agree on

  @Test
  void allNodesAgreeOnOneValueAlsoWhenTheyAskAtTheSameMoment() throws Exception {
    String name = "contract." + UUID.randomUUID();
    List<@Nullable String> agreed =
        callers().rounds(32, 1, (caller, round) -> node(caller).agree(name, "of " + caller)).get(0);

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
