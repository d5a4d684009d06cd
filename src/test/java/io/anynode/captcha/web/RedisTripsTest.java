package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RedisMonitor;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** By {@code MONITOR}: each command is one round trip. */
class RedisTripsTest extends TripsContract {

  private static final String NAMESPACE = "trips-" + UUID.randomUUID();

  private final RedisMonitor monitor = RedisMonitor.watch(RealRedis.single().uri());

  RedisTripsTest() {
    super(
        "session.store=redis",
        "session.redis.uri=" + RealRedis.single().uri(),
        "session.redis.namespace=" + NAMESPACE);
  }

  @AfterAll
  void stopWatching() throws IOException {
    monitor.close();
  }

  /** Redis packs a hash whose fields and values are no longer than 64 bytes. */
  @Test
  void aSessionWithOneChallengeTakesLessThan400Bytes() {
    String unused = issued(browser);
    String key = NAMESPACE + ":sessions:" + browser.sessionId();

    assertThat(Long.parseLong(String.valueOf(RealRedis.single().ask("MEMORY USAGE " + key))))
        .isLessThan(400);
  }

  @Override
  List<String> trips(Runnable request) {
    return monitor.commands(NAMESPACE, request);
  }

  @Override
  Expected expected() {
    return new Expected(
        List.of("EVALSHA"),
        List.of("HGET"),
        List.of("HGETALL"),
        List.of("EVALSHA"),
        List.of("EVALSHA"),
        List.of("EVALSHA"));
  }
}
