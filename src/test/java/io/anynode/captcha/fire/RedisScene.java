package io.anynode.captcha.fire;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.server.RunningCluster;
import java.util.Map;
import java.util.function.Consumer;

/** One Redis. */
record RedisScene(RealRedis redis, Consumer<RealRedis> fault, Consumer<RealRedis> end)
    implements Scene {

  /** What keeps all that was acknowledged over a power failure. */
  static final String[] LASTING = {"--appendonly", "yes", "--appendfsync", "always"};

  static Scene of(Consumer<RealRedis> fault, Consumer<RealRedis> end, String... options) {
    return new RedisScene(RealRedis.start(options), fault, end);
  }

  /** A command that must be heeded. */
  static Consumer<RealRedis> told(String command) {
    return redis -> {
      if (!"OK".equals(redis.ask(command))) {
        throw new AssertionError(command);
      }
    };
  }

  @Override
  public String store() {
    return "redis";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("captcha.session.redis.uri", redis.uri());
  }

  @Override
  public void strike(RunningCluster cluster) {
    fault.accept(redis);
  }

  @Override
  public void mend(RunningCluster cluster) {
    end.accept(redis);
  }

  @Override
  public String evidence() {
    return Errors.of(redis);
  }

  @Override
  public void close() {
    redis.close();
  }
}
