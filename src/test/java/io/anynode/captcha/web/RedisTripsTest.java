package io.anynode.captcha.web;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RedisMonitor;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;

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
        List.of("EVALSHA"));
  }
}
