package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RealRedisCluster;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does while its server is away, hangs, refuses, or has forgotten. */
class RedisFaultsTest {

  /** The setting's default. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** What the design promises to a visitor. */
  private static final Duration PROMISED = Duration.ofSeconds(2);

  /** What an ACL user needs, as the chapter on sessions says it. */
  static final String RIGHTS =
      "~captcha-test-* resetchannels -@all +eval +evalsha +hgetall +hget +hmget +hset +hdel"
          + " +persist +exists +rename +del +get +set +mget +incrby +pttl +pexpire +ping";

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private RealRedis server(String... options) {
    RealRedis server = RealRedis.start(options);
    opened.add(server);
    return server;
  }

  private SessionStore node(Backing backing, String uri) {
    SessionStore node = backing.open(uri, TIMEOUT);
    opened.add(0, node);
    return node;
  }

  private SessionStore node(RealRedis server) {
    return node(Backing.at(server.uri()), server.uri());
  }

  private static String saved(SessionStore node) {
    return Held.create(node).set("captcha.1", "content").save().id();
  }

  private static Duration failing(ThrowingCallable work) {
    long start = System.nanoTime();
    StoreUnavailableException fault = catchThrowableOfType(StoreUnavailableException.class, work);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(fault)
        .hasMessageContaining("captcha.session.redis.uri")
        .hasMessageContaining("127.0.0.1:");
    return took;
  }

  @Test
  void openingAndClosingNeedsNoServer() {
    RealRedis server = server();
    server.kill();

    node(server).close();
  }

  @Test
  void whileRedisDoesNotRunFiftyCallersAtOnceFailInTime() throws Exception {
    RealRedis server = server();
    server.kill();

    assertThat(failingAtOnce(node(server))).allMatch(took -> took.compareTo(PROMISED) < 0);
  }

  @Test
  void whileRedisTakesConnectionsAndSaysNothingFiftyCallersAtOnceFailInTime() throws Exception {
    RealRedis server = server();
    SessionStore node = node(server);
    server.freeze();

    assertThat(failingAtOnce(node)).allMatch(took -> took.compareTo(PROMISED) < 0);

    server.thaw();
    await().atMost(PROMISED).ignoreExceptions().until(() -> saved(node) != null);
  }

  private static List<Duration> failingAtOnce(SessionStore node) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try {
      Callable<Duration> caller = () -> failing(() -> node.sessions().findById("x"));
      List<Duration> took = new ArrayList<>();
      for (Future<Duration> each : callers.invokeAll(Collections.nCopies(50, caller))) {
        took.add(each.get());
      }
      return took;
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void aRequestWhoseRedisHangsInTheMiddleWaitsOnceAndIsServedSoonAfter() {
    RealRedis server = server();
    SessionStore node = node(server);
    Held<?> session = Held.load(node, saved(node)).set("other", "changed");
    server.freeze();

    Duration claim = failing(() -> node.claim(session.id(), "captcha.1"));
    Duration commit = failing(session::save);

    assertThat(claim.plus(commit)).isLessThan(PROMISED);
    server.thaw();
    await()
        .atMost(PROMISED)
        .ignoreExceptions()
        .until(() -> node.sessions().findById(session.id()) != null);
  }

  @Test
  void afterARestartOfRedisTheStoreIsBackInTime() {
    RealRedis server = server();
    SessionStore node = node(server);
    String lost = saved(node);
    server.kill();
    assertThat(failing(() -> node.claim(lost, "captcha.1"))).isLessThan(PROMISED);

    server.restart();

    String id = await().atMost(PROMISED).ignoreExceptions().until(() -> saved(node), saved -> true);
    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void scriptsThatRedisForgotAreSentAgain() {
    RealRedis server = server();
    SessionStore node = node(server);
    String before = saved(node);
    assertThat(server.ask("SCRIPT FLUSH")).isEqualTo("OK");
    Held<?> session = Held.load(node, before);
    String after = session.session().changeSessionId();
    session.save();
    assertThat(server.ask("SCRIPT FLUSH")).isEqualTo("OK");

    assertThat(node.claim(after, "captcha.1")).isEqualTo("content");
    assertThat(node.agree("key", "one")).isEqualTo("one");
  }

  @Test
  void aWrongPasswordIsAFaultThatTellsNoPassword() {
    RealRedis server = server("--requirepass", "right");
    Backing backing = Backing.at(server.uri());
    SessionStore node = node(backing, "redis://:s3cr3t-w0rd@127.0.0.1:" + server.port());

    assertThat(failing(() -> node.agree("key", "one"))).isLessThan(PROMISED);

    assertThatThrownBy(() -> node.sessions().findById("x"))
        .satisfies(
            fault -> {
              for (Throwable t = fault; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain("s3cr3t-w0rd");
              }
            })
        .hasStackTraceContaining("WRONGPASS");
    assertThat(node(backing, "redis://:right@127.0.0.1:" + server.port()).agree("key", "one"))
        .isEqualTo("one");
  }

  @Test
  void aUserWithTheDocumentedCommandsOnItsKeysIsEnough() {
    RealRedis server = server(("--user app on >p%40ss " + RIGHTS + " +select").split(" "));
    SessionStore node =
        node(Backing.at(server.uri()), "redis://app:p%2540ss@127.0.0.1:" + server.port() + "/1");
    Held<?> session = Held.load(node, saved(node));
    session.session().setMaxInactiveInterval(Duration.ofSeconds(-1));
    session.session().removeAttribute("other");
    String after = session.session().changeSessionId();
    session.save();

    assertThat(node.claim(after, "captcha.1")).isEqualTo("content");
    assertThat(node.agree("key", "one")).isEqualTo("one");
    node.sessions().deleteById(after);
    assertThat((Object) node.sessions().findById(after)).isNull();
  }

  @Test
  void aReplicaThatTakesNoWritesIsAFaultUntilItIsTheMaster() {
    RealRedis master = server();
    RealRedis replica = server("--replicaof", "127.0.0.1 " + master.port());
    SessionStore node = node(replica);
    await().until(() -> replica.ask("INFO replication"), info -> info.contains("link_status:up"));

    assertThat(failing(() -> node.agree("key", "one"))).isLessThan(PROMISED);
    assertThat(failing(() -> saved(node))).isLessThan(PROMISED);

    assertThat(replica.ask("REPLICAOF NO ONE")).isEqualTo("OK");
    await().atMost(PROMISED).ignoreExceptions().until(() -> saved(node) != null);
  }

  @Test
  void aServerWithNoMemoryLeftIsAFaultAndStillClaims() {
    RealRedis server = server();
    SessionStore node = node(server);
    String id = saved(node);
    assertThat(server.ask("CONFIG SET maxmemory 1")).isEqualTo("OK");

    assertThat(failing(() -> saved(node))).isLessThan(PROMISED);
    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void aClusterThatLostANodeIsAFaultInTimeAndIsBackWithTheNode() {
    RealRedisCluster cluster = RealRedisCluster.start();
    opened.add(cluster);
    SessionStore node = node(Backing.at(cluster.uri()), cluster.uri());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) { // some on each node, with each of which it connects first
      ids.add(
          await()
              .atMost(Duration.ofSeconds(20))
              .ignoreExceptions()
              .until(() -> saved(node), saved -> true));
    }
    RealRedis lost = cluster.nodes().get(1);

    lost.freeze();
    assertThat(ids).allSatisfy(id -> assertThat(claimingOrFailing(node, id)).isLessThan(PROMISED));

    lost.thaw();
    for (int i = 0; i < 20; i++) {
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> saved(node), saved -> true);
    }
  }

  private static Duration claimingOrFailing(SessionStore node, String id) {
    long start = System.nanoTime();
    try {
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
    } catch (StoreUnavailableException lost) {
      assertThat(lost).hasMessageContaining("captcha.session.redis.uri");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void afterClosingEachCallFailsAtOnce() {
    SessionStore node = node(server());
    String id = saved(node);
    node.close();

    assertThat(failing(() -> node.claim(id, "captcha.1"))).isLessThan(Duration.ofMillis(500));
    assertThat(failing(() -> saved(node))).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aConnectionThatRedisEndedForNobodyUsedItIsNoFault() {
    RealRedis server = server("--timeout", "1");
    SessionStore node = node(server);
    String id = saved(node);
    await().until(() -> clients(server) == 1); // who asks

    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
  }

  private static long clients(RealRedis server) {
    return String.valueOf(server.ask("CLIENT LIST")).lines().count();
  }

  @Test
  void noMoreConnectionsAreOpenedThanAreAllowedAndCallersWaitForOne() throws Exception {
    RealRedis server = server();
    SessionStore node = Backing.at(server.uri()).open(server.uri(), 2, TIMEOUT);
    opened.add(0, node);
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try {
      Callable<String> caller = () -> String.valueOf(node.claim(saved(node), "captcha.1"));
      for (Future<String> each : callers.invokeAll(Collections.nCopies(2000, caller))) {
        assertThat(each.get()).isEqualTo("content");
      }
    } finally {
      callers.shutdown();
    }

    assertThat(clients(server)).isEqualTo(3); // and who asks
  }

  @Test
  void aRedisThatTakesFewerClientsThanThePoolHasServesAll() throws Exception {
    RealRedis server = server("--maxclients", "3");
    SessionStore node = node(server);
    ExecutorService callers = Executors.newFixedThreadPool(12);
    try {
      Callable<String> caller = () -> String.valueOf(node.claim(saved(node), "captcha.1"));
      for (Future<String> each : callers.invokeAll(Collections.nCopies(2000, caller))) {
        assertThat(each.get()).isEqualTo("content");
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void aLargeSessionThatAHangingRedisDoesNotTakeIsAFaultInTime() {
    RealRedis server = server();
    SessionStore node = node(server);
    Held<?> session = Held.load(node, saved(node)).set("large", "x".repeat(32 << 20));
    server.freeze();

    assertThat(failing(session::save)).isLessThan(PROMISED);
  }

  @Test
  void aCommandThatRedisDoesNotKnowIsAFaultThatTellsNoSession() {
    RealRedis server = server();
    SessionStore node = node(server);
    String id = saved(node);
    RealRedis other = server("--rename-command", "EVALSHA", "", "--rename-command", "HGETALL", "");
    SessionStore without = node(other);

    assertThatThrownBy(() -> without.claim(id, "captcha.1"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasStackTraceContaining("unknown command")
        .satisfies(fault -> assertThat(Throwables.getStackTrace(fault)).doesNotContain(id));
    assertThatThrownBy(() -> without.sessions().findById(id))
        .isInstanceOf(StoreUnavailableException.class)
        .satisfies(fault -> assertThat(Throwables.getStackTrace(fault)).doesNotContain(id));
  }

  @Test
  void halfAHashIsNoSessionAndIsDeleted() {
    RealRedis server = server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = node(backing, server.uri());
    assertThat(server.ask("HSET " + backing.key("x") + " lastAccessedTime l1")).isEqualTo("1");

    assertThat((Object) node.sessions().findById("x")).isNull();

    assertThat(server.ask("EXISTS " + backing.key("x"))).isEqualTo("0");
  }

  @Test
  void aSaveThatComesAfterTheEndLeavesNothing() {
    RealRedis server = server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = node(backing, server.uri());
    Held<?> session = Held.load(node, saved(node)).set("other", "changed");
    assertThat(server.ask("DEL " + backing.key(session.id()))).isEqualTo("1");

    session.save();

    assertThat(server.ask("EXISTS " + backing.key(session.id()))).isEqualTo("0");
  }

  @Test
  void aSessionOfTenThousandAttributesIsSavedAndEmptied() {
    SessionStore node = node(server());
    Held<?> session = Held.load(node, saved(node));
    for (int i = 0; i < 10_000; i++) {
      session.set("many." + i, "value " + i);
    }
    session.save();

    Held<?> full = Held.load(node, session.id());
    assertThat(full.session().getAttributeNames()).hasSize(10_001);
    assertThat(full.session().<Object>getAttribute("many.9999")).isEqualTo("value 9999");
    for (int i = 0; i < 10_000; i++) {
      full.session().removeAttribute("many." + i);
    }
    full.save();

    assertThat(Held.load(node, session.id()).session().getAttributeNames())
        .containsExactly("captcha.1");
  }

  @Test
  void aLongRequestThatEndsLateDoesNotShortenTheSessionsLife() {
    RealRedis server = server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = node(backing, server.uri());
    Held<?> session = Held.load(node, saved(node));
    Instant accessed = session.session().getLastAccessedTime();

    session.session().setLastAccessedTime(accessed.minus(Duration.ofHours(1)));
    session.save();

    assertThat(Held.load(node, session.id()).session().getLastAccessedTime()).isEqualTo(accessed);
    assertThat(Long.parseLong(String.valueOf(server.ask("PTTL " + backing.key(session.id())))))
        .isBetween(Duration.ofMinutes(29).toMillis(), Duration.ofMinutes(30).toMillis());
  }

  @Test
  void aSessionOfANodeWhoseClockIsBehindLivesByRedissOwn() {
    RealRedis server = server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = node(backing, server.uri());
    Held<?> session = Held.create(node);
    session.session().setLastAccessedTime(Instant.now().minus(Duration.ofHours(1)));
    session.save();

    assertThat(Held.load(node, session.id()).session().isExpired()).isFalse();
    assertThat(Long.parseLong(String.valueOf(server.ask("PTTL " + backing.key(session.id())))))
        .isBetween(Duration.ofMinutes(29).toMillis(), Duration.ofMinutes(30).toMillis());
  }
}
