package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RealRedisCluster;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis Cluster whose slots change their servers while nodes use them. */
class RedisClusterChangesTest {

  private static final String CLUSTER_RIGHTS = " +cluster|nodes +asking";

  private final RealRedisCluster cluster = RealRedisCluster.start();
  private final Backing backing = Backing.at(cluster.uri());
  private final SessionStore node = opened();

  /** As a user with no more than is documented. */
  private SessionStore opened() {
    cluster.nodes().forEach(RedisClusterChangesTest::user);
    return backing.open(cluster.uri().replace("://", "://app:pass@"), Duration.ofSeconds(1));
  }

  private static void user(RealRedis server) {
    String user = "ACL SETUSER app on >pass " + RedisFaultsTest.RIGHTS + CLUSTER_RIGHTS;
    assertThat(server.ask(user)).isEqualTo("OK");
  }

  @AfterEach
  void stop() {
    node.close();
    cluster.close();
  }

  private String saved() {
    return Held.create(node)
        .set("captcha.1", "one")
        .set("captcha.2", "two")
        .set("captcha.3", "three")
        .save()
        .id();
  }

  @Test
  void aSlotThatMovesIsNoFaultBeforeMeanwhileAndAfter() {
    String id = saved();
    String key = backing.key(id);
    RealRedis from = cluster.owner(key);
    RealRedis to =
        cluster.nodes().stream().filter(other -> other != from).findFirst().orElseThrow();
    String slot = "CLUSTER SETSLOT " + from.ask("CLUSTER KEYSLOT " + key);
    String target = to.ask("CLUSTER MYID");
    assertThat(node.claim(id, "captcha.1")).isEqualTo("one");

    assertThat(to.ask(slot + " IMPORTING " + from.ask("CLUSTER MYID"))).isEqualTo("OK");
    assertThat(from.ask(slot + " MIGRATING " + target)).isEqualTo("OK");
    assertThat(from.ask("MIGRATE 127.0.0.1 " + to.port() + " " + key + " 0 5000")).isEqualTo("OK");
    assertThat(node.claim(id, "captcha.2")).isEqualTo("two");

    for (RealRedis each : cluster.nodes()) {
      assertThat(each.ask(slot + " NODE " + target)).isEqualTo("OK");
    }
    assertThat(node.claim(id, "captcha.3")).isEqualTo("three");
    assertThat(node.claim(id, "captcha.1")).isNull();
    assertThat(node.claim(id, "captcha.2")).isNull();
    assertThat(node.claim(id, "captcha.3")).isNull();
  }

  @Test
  void aReplicaThatTakesOverIsFollowed() {
    String id = saved();
    RealRedis master = cluster.owner(backing.key(id));
    RealRedis replica = cluster.replicate(master);
    user(replica);

    master.kill();
    // Redis' own part takes some seconds, and eight more each time that its vote fails.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> String.valueOf(replica.ask("INFO replication")).contains("role:master"));

    String claimed =
        await()
            .atMost(Duration.ofSeconds(5))
            .ignoreExceptions()
            .until(() -> node.claim(id, "captcha.2"), content -> content != null);
    assertThat(claimed).isEqualTo("two");
    assertThat(node.claim(id, "captcha.2")).isNull();
  }

  @Test
  void aServerThatKnowsNobodyLeadsNobodyAstray() {
    RealRedis stranger = cluster.stranger();
    String uri = "redis-cluster://127.0.0.1:" + stranger.port() + ",";
    Backing beside = Backing.at(cluster.uri());
    try (SessionStore other =
        beside.open(cluster.uri().replace("redis-cluster://", uri), Duration.ofSeconds(1))) {
      for (int i = 0; i < 50; i++) {
        String id = Held.create(other).set("captcha.1", "one").save().id();
        assertThat(other.claim(id, "captcha.1")).isEqualTo("one");
      }
    }
  }
}
