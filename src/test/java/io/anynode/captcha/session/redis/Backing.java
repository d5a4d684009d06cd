package io.anynode.captcha.session.redis;

import io.anynode.captcha.real.RedisConsole;
import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A namespace of a test's own on some servers: nodes over it, and what lies in it. */
record Backing(String uri, List<String> servers, String namespace) {

  /** The setting's default. */
  static final int POOL_SIZE = 64;

  /** Over these servers. */
  static Backing at(String uri, List<String> servers) {
    return new Backing(uri, servers, "captcha-test-" + UUID.randomUUID());
  }

  /** Over one server. */
  static Backing at(String uri) {
    return at(uri, List.of(uri));
  }

  SessionStore open() {
    return open(uri, Duration.ofSeconds(10));
  }

  SessionStore open(String address, Duration timeout) {
    return open(address, POOL_SIZE, timeout);
  }

  SessionStore open(String address, int poolSize, Duration timeout) {
    SessionSettings settings =
        TestSettings.withRedis(
            TestSettings.session(StoreKind.REDIS),
            new SessionSettings.Redis(new Hidden(address), namespace, poolSize, timeout));
    return RedisStore.open(settings, new AttributeCodec(getClass().getClassLoader(), null));
  }

  long storedSessions() throws IOException {
    long stored = 0;
    for (String server : servers) {
      try (RedisConsole console = RedisConsole.open(server)) {
        String keys = "EVAL \"return #redis.call('KEYS', ARGV[1])\" 0 " + namespace + ":sessions:*";
        stored += Long.parseLong(String.valueOf(console.ask(keys)));
      }
    }
    return stored;
  }

  String key(String sessionId) {
    return namespace + ":sessions:" + sessionId;
  }

  void damage(String sessionId, String attribute) throws IOException {
    String damaged = "0";
    for (String server : servers) {
      try (RedisConsole console = RedisConsole.open(server)) {
        String field = " sessionAttr:" + attribute + " \"\\xac\\xed\\x00\"";
        damaged = console.ask("HSET " + key(sessionId) + field);
      } catch (RedisConsole.Refused e) {
        if (!String.valueOf(e.getMessage()).startsWith("MOVED")) {
          throw e;
        }
      }
    }
    if (!"0".equals(damaged)) {
      throw new IOException("No such attribute.");
    }
  }

  void delete() throws IOException {
    for (String server : servers) {
      try (RedisConsole console = RedisConsole.open(server)) {
        String each = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key)";
        String unused = console.ask("EVAL \"" + each + " end\" 0 " + namespace + ":*");
      }
    }
  }
}
