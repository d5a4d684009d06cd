package io.anynode.captcha.session.redis;

import static io.anynode.captcha.session.redis.Opened.PROMISED;
import static io.anynode.captcha.session.redis.Opened.failing;
import static io.anynode.captcha.session.redis.Opened.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RealRedisCluster;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does while its server is away, hangs, refuses, or has forgotten. */
class RedisFaultsTest {

  /** What an ACL user needs, as the chapter on sessions says it. */
  static final String RIGHTS =
      "~captcha-test-* resetchannels -@all +eval +evalsha +hgetall +hget +hmget +hset +hdel"
          + " +persist +exists +rename +del +get +set +mget +incrby +pttl +pexpire +ping";

  private final Opened opened = new Opened();

  @AfterEach
  void closeAll() throws Exception {
    opened.closeAll();
  }

  @Test
  void openingAndClosingNeedsNoServer() {
    RealRedis server = opened.server();
    server.kill();

    opened.node(server).close();
  }

  @Test
  void aRequestWhoseRedisHangsInTheMiddleWaitsOnceAndIsServedSoonAfter() {
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
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
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
    String lost = saved(node);
    server.kill();
    assertThat(failing(() -> node.claim(lost, "captcha.1"))).isLessThan(PROMISED);

    server.restart();

    String id = await().atMost(PROMISED).ignoreExceptions().until(() -> saved(node), saved -> true);
    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void scriptsThatRedisForgotAreSentAgain() {
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
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
    RealRedis server = opened.server("--requirepass", "right");
    Backing backing = Backing.at(server.uri());
    SessionStore node = opened.node(backing, "redis://:s3cr3t-w0rd@127.0.0.1:" + server.port());

    assertThat(failing(() -> node.agree("key", "one"))).isLessThan(PROMISED);

    assertThatThrownBy(() -> node.sessions().findById("x"))
        .satisfies(
            fault -> {
              for (Throwable t = fault; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain("s3cr3t-w0rd");
              }
            })
        .hasStackTraceContaining("WRONGPASS");
    assertThat(
            opened.node(backing, "redis://:right@127.0.0.1:" + server.port()).agree("key", "one"))
        .isEqualTo("one");
  }

  @Test
  void aUserWithTheDocumentedCommandsOnItsKeysIsEnough() {
    RealRedis server = opened.server(("--user app on >p%40ss " + RIGHTS + " +select").split(" "));
    SessionStore node =
        opened.node(
            Backing.at(server.uri()), "redis://app:p%2540ss@127.0.0.1:" + server.port() + "/1");
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
    RealRedis master = opened.server();
    RealRedis replica = opened.server("--replicaof", "127.0.0.1 " + master.port());
    SessionStore node = opened.node(replica);
    await().until(() -> replica.ask("INFO replication"), info -> info.contains("link_status:up"));

    assertThat(failing(() -> node.agree("key", "one"))).isLessThan(PROMISED);
    assertThat(failing(() -> saved(node))).isLessThan(PROMISED);

    assertThat(replica.ask("REPLICAOF NO ONE")).isEqualTo("OK");
    await().atMost(PROMISED).ignoreExceptions().until(() -> saved(node) != null);
  }

  @Test
  void aServerWithNoMemoryLeftIsAFaultAndStillClaims() {
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
    String id = saved(node);
    assertThat(server.ask("CONFIG SET maxmemory 1")).isEqualTo("OK");

    assertThat(failing(() -> saved(node))).isLessThan(PROMISED);
    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void aClusterThatLostANodeIsAFaultInTimeAndIsBackWithTheNode() {
    RealRedisCluster cluster = RealRedisCluster.start();
    opened.add(cluster);
    SessionStore node = opened.node(Backing.at(cluster.uri()), cluster.uri());
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
    SessionStore node = opened.node(opened.server());
    String id = saved(node);
    node.close();

    assertThat(failing(() -> node.claim(id, "captcha.1"))).isLessThan(Duration.ofMillis(500));
    assertThat(failing(() -> saved(node))).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aCommandThatRedisDoesNotKnowIsAFaultThatTellsNoSession() {
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
    String id = saved(node);
    RealRedis other =
        opened.server("--rename-command", "EVALSHA", "", "--rename-command", "HGETALL", "");
    SessionStore without = opened.node(other);

    assertThatThrownBy(() -> without.claim(id, "captcha.1"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasStackTraceContaining("unknown command")
        .satisfies(fault -> assertThat(Throwables.getStackTrace(fault)).doesNotContain(id));
    assertThatThrownBy(() -> without.sessions().findById(id))
        .isInstanceOf(StoreUnavailableException.class)
        .satisfies(fault -> assertThat(Throwables.getStackTrace(fault)).doesNotContain(id));
  }
}
