package io.anynode.captcha.bench;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RedisMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * A Redis server of its own. Its bytes are those that it says itself to have of each key, its trips
 * what its {@code MONITOR} shows.
 */
record RedisStore(RealRedis server) implements Store {

  private static final String ALL_BYTES =
      "EVAL \"local sum = 0 for _, key in ipairs(redis.call('KEYS', '*')) do sum = sum +"
          + " redis.call('MEMORY', 'USAGE', key) end return sum\" 0";

  static RedisStore start() {
    return new RedisStore(RealRedis.start());
  }

  @Override
  public List<Long> pids() {
    return List.of(server.pid());
  }

  @Override
  public long bytes(Nodes nodes) {
    return Long.parseLong(Objects.requireNonNull(server.ask(ALL_BYTES)));
  }

  @Override
  public long trips(Runnable action) {
    try (RedisMonitor monitor = RedisMonitor.watch(server.uri())) {
      return monitor.commands("", action).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
