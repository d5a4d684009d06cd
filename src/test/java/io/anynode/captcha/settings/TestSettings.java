package io.anynode.captcha.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings for tests: what a user would have by default, with a cleanup often enough to wait for.
 */
public final class TestSettings {

  /** How long a session lives. */
  public static final Duration TIMEOUT = Duration.ofMinutes(30);

  private TestSettings() {}

  /** The defaults for a store; where it lies has to be added by one of the methods below. */
  public static SessionSettings session(StoreKind store) {
    return new SessionSettings(
        store,
        TIMEOUT,
        10,
        Duration.ofMillis(200),
        new SessionSettings.Cookie("SESSION", null, "Lax", null),
        new SessionSettings.Jdbc(null, null, null, null, 8, Duration.ofSeconds(10)),
        new SessionSettings.Redis(
            new Hidden("redis://127.0.0.1:6379"), "captcha:test", 64, Duration.ofSeconds(10)),
        new SessionSettings.File(null, false),
        new SessionSettings.Memory(false),
        null);
  }

  /** The same, swept this often. */
  public static SessionSettings withCleanup(SessionSettings base, Duration cleanup) {
    return new SessionSettings(
        base.store(),
        base.timeout(),
        base.touch(),
        cleanup,
        base.cookie(),
        base.jdbc(),
        base.redis(),
        base.file(),
        base.memory(),
        base.serialFilter());
  }

  /** The same, with this database. */
  public static SessionSettings withJdbc(
      SessionSettings base, String url, @Nullable String user, @Nullable String password) {
    return withJdbc(
        base,
        new SessionSettings.Jdbc(
            new Hidden(url),
            user,
            password == null ? null : new Hidden(password),
            null,
            base.jdbc().poolSize(),
            base.jdbc().timeout()));
  }

  /** The same, with this database. */
  public static SessionSettings withJdbc(SessionSettings base, SessionSettings.Jdbc jdbc) {
    return new SessionSettings(
        base.store(),
        base.timeout(),
        base.touch(),
        base.cleanup(),
        base.cookie(),
        jdbc,
        base.redis(),
        base.file(),
        base.memory(),
        base.serialFilter());
  }

  /** The same, with this Redis. */
  public static SessionSettings withRedis(SessionSettings base, SessionSettings.Redis redis) {
    return new SessionSettings(
        base.store(),
        base.timeout(),
        base.touch(),
        base.cleanup(),
        base.cookie(),
        base.jdbc(),
        redis,
        base.file(),
        base.memory(),
        base.serialFilter());
  }

  /** The same, with this shared folder. */
  public static SessionSettings withDir(SessionSettings base, @Nullable Path dir) {
    return new SessionSettings(
        base.store(),
        base.timeout(),
        base.touch(),
        base.cleanup(),
        base.cookie(),
        base.jdbc(),
        base.redis(),
        new SessionSettings.File(dir, base.file().sync()),
        base.memory(),
        base.serialFilter());
  }

  /** The same, with each step of its shared folder on the disk before it ends. */
  public static SessionSettings withSync(SessionSettings base) {
    return new SessionSettings(
        base.store(),
        base.timeout(),
        base.touch(),
        base.cleanup(),
        base.cookie(),
        base.jdbc(),
        base.redis(),
        new SessionSettings.File(base.file().dir(), true),
        base.memory(),
        base.serialFilter());
  }
}
