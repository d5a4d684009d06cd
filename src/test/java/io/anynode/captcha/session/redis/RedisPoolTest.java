package io.anynode.captcha.session.redis;

import static io.anynode.captcha.session.redis.Opened.PROMISED;
import static io.anynode.captcha.session.redis.Opened.atOnce;
import static io.anynode.captcha.session.redis.Opened.failing;
import static io.anynode.captcha.session.redis.Opened.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The connections that requests share: how many there are, which of them are used again, and how
 * long anybody waits for one.
 */
class RedisPoolTest {

  private final Opened opened = new Opened();

  @AfterEach
  void closeAll() throws Exception {
    opened.closeAll();
  }

  private static long clients(RealRedis server) {
    return String.valueOf(server.ask("CLIENT LIST")).lines().count();
  }

  private static List<Duration> failingAtOnce(SessionStore node) throws Exception {
    return atOnce(50, 50, () -> failing(() -> node.sessions().findById("x")));
  }

  private static void claimingAtOnce(int threads, SessionStore node) throws Exception {
    assertThat(atOnce(threads, 2000, () -> node.claim(saved(node), "captcha.1")))
        .hasSize(2000)
        .allMatch("content"::equals);
  }

  @Test
  void aConnectionThatRedisEndedForNobodyUsedItIsNoFault() {
    RealRedis server = opened.server("--timeout", "1");
    SessionStore node = opened.node(server);
    String id = saved(node);
    await().until(() -> clients(server) == 1); // who asks

    assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
  }

  @Test
  void noMoreConnectionsAreOpenedThanAreAllowedAndCallersWaitForOne() throws Exception {
    RealRedis server = opened.server();
    SessionStore node = opened.add(Backing.at(server.uri()).open(server.uri(), 2, Opened.TIMEOUT));
    claimingAtOnce(50, node);

    assertThat(clients(server)).isEqualTo(3); // and who asks
  }

  @Test
  void aRedisThatTakesFewerClientsThanThePoolHasServesAll() throws Exception {
    RealRedis server = opened.server("--maxclients", "3");
    SessionStore node = opened.node(server);
    claimingAtOnce(12, node);
  }

  @Test
  void aLargeSessionThatAHangingRedisDoesNotTakeIsAFaultInTime() {
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
    Held<?> session = Held.load(node, saved(node)).set("large", "x".repeat(32 << 20));
    server.freeze();

    assertThat(failing(session::save)).isLessThan(PROMISED);
  }

  @Test
  void whileRedisDoesNotRunFiftyCallersAtOnceFailInTime() throws Exception {
    RealRedis server = opened.server();
    server.kill();

    assertThat(failingAtOnce(opened.node(server))).allMatch(took -> took.compareTo(PROMISED) < 0);
  }

  @Test
  void whileRedisTakesConnectionsAndSaysNothingFiftyCallersAtOnceFailInTime() throws Exception {
    RealRedis server = opened.server();
    SessionStore node = opened.node(server);
    server.freeze();

    assertThat(failingAtOnce(node)).allMatch(took -> took.compareTo(PROMISED) < 0);

    server.thaw();
    await().atMost(PROMISED).ignoreExceptions().until(() -> saved(node) != null);
  }
}
