package io.anynode.captcha.bench;

import io.anynode.captcha.real.RealRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A Redis with many sessions. */
final class FilledRedis implements Filled {

  /** As many as it makes in half a second, so that nobody waits for longer. */
  private static final int CHUNK = 20_000;

  private static final String COPY =
      "EVAL \"local fields = redis.call('HGETALL', KEYS[1])"
          + " for i = ARGV[1], ARGV[2] - 1 do"
          + " local key = 'captcha:sessions:' .. string.sub(redis.sha1hex(i), 1, 36)"
          + " redis.call('HSET', key, unpack(fields))"
          + " redis.call('PEXPIREAT', key, ARGV[3] + i %% ARGV[4]) end\" 1 %s %d %d %d %d";

  private static final String EMPTY =
      "EVAL \"for _, key in ipairs(redis.call('KEYS', 'captcha:sessions:*')) do"
          + " if key ~= KEYS[1] then redis.call('UNLINK', key) end end\" 1 %s";

  private final RealRedis redis = RealRedis.start();
  private final String copied;

  FilledRedis() {
    // As the README advises where very many sessions end at about the same time.
    configure("hz 100");
    try (EmbeddedNode node = EmbeddedNode.forStore(settings())) {
      node.leaveOpen(1);
    }
    copied = String.valueOf(redis.ask("KEYS captcha:sessions:*"));
    // Redis would let the copied one expire.
    String unused = redis.ask("PERSIST " + copied);
  }

  private void configure(String directive) {
    String answer = String.valueOf(redis.ask("CONFIG SET " + directive));
    if (!answer.equals("OK")) {
      throw new IllegalStateException("CONFIG SET " + directive + ": " + answer);
    }
  }

  @Override
  public String title() {
    return "Redis";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "captcha.session.store", "redis",
        "captcha.session.redis.uri", redis.uri(),
        "captcha.session.redis.timeout", "10s");
  }

  @Override
  public List<Long> pids() {
    return List.of(redis.pid());
  }

  @Override
  public void add(int from, int to, Instant expires, Duration last) {
    for (int i = from; i < to; i += CHUNK) {
      String unused =
          redis.ask(
              COPY.formatted(
                  copied,
                  i,
                  Math.min(to, i + CHUNK),
                  expires.toEpochMilli(),
                  last.toMillis() + 1));
    }
  }

  @Override
  public void empty() {
    String unused = redis.ask(EMPTY.formatted(copied));
  }

  @Override
  public void settle() throws IOException {
    // It does everything at once.
  }

  @Override
  public long sessions() {
    return Long.parseLong(String.valueOf(redis.ask("DBSIZE")));
  }

  @Override
  public void close() {
    redis.close();
  }
}
