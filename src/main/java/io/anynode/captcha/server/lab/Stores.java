package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.EmbeddedDatabase;
import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Supplies each row's store, and what its workers need to know of it. */
final class Stores {

  static final String JDBC_URL = "captcha.session.jdbc.url";
  static final String REDIS_URI = "captcha.session.redis.uri";
  static final String REDIS_NAMESPACE = "captcha.session.redis.namespace";
  static final String FILE_DIR = "captcha.session.file.dir";

  /** Less than a visitor has. */
  private static final String PATIENCE = "8s";

  private static final String STORE = "captcha.session.store";
  private static final String REDIS = "redis";
  private static final String JDBC = "jdbc:";

  private final Path folder;
  private final Running running;
  private final @Nullable String redisUrl;
  private final @Nullable String jdbcUrl;
  private final Map<String, String> given;
  private final String secret = randomText();
  private @Nullable EmbeddedDatabase database;
  private @Nullable RedisServer redis;

  /**
   * Supplies.
   *
   * @param folder where databases and files are made
   * @param running takes what is started
   * @param urls stores of one's own: Redis URIs and JDBC URLs, the first of each counts
   * @param given settings that come before the lab's own
   * @throws StartFailure if one of the URLs is neither
   */
  Stores(Path folder, Running running, List<String> urls, Map<String, String> given) {
    this.folder = folder;
    this.given = given;
    this.running = running;
    this.redisUrl = first(urls, REDIS);
    this.jdbcUrl = first(urls, JDBC);
    for (String url : urls) {
      if (!url.startsWith(REDIS) && !url.startsWith(JDBC)) {
        throw StartFailure.badUsage(
            "--store takes redis://… and jdbc:… URLs; the other stores need none.");
      }
    }
  }

  private static @Nullable String first(List<String> urls, String prefix) {
    return urls.stream().filter(url -> url.startsWith(prefix)).findFirst().orElse(null);
  }

  /** Why a row cannot be run here; null if it can. */
  @Nullable String whyNot(Row row) {
    return row.kept() == Kept.REDIS && redisUrl == null && !RedisServer.isInstalled()
        ? "no Redis: install redis-server, or give --store redis://host:6379"
        : null;
  }

  /**
   * What a row's workers are told; starts the store if need be.
   *
   * @throws StartFailure if it cannot be started
   */
  Map<String, String> settings(Row row) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "captcha.secret",
                secret,
                "captcha.test-mode",
                "true",
                "captcha.rate.issue",
                "off",
                "captcha.rate.failure",
                "off",
                "captcha.offer",
                "picture",
                // A machine that is too busy shows as latency, and not as refusals.
                "captcha.session.jdbc.timeout",
                PATIENCE,
                "captcha.session.redis.timeout",
                PATIENCE,
                "captcha.protect.login.path",
                LabApplication.LOGIN));
    switch (row.kept()) {
      case MEMORY -> memory(settings);
      case SYNCED, SYNCED_READ_ON_MISS -> {
        memory(settings);
        settings.put(Kept.SHARED_FILE, folder("synced-" + row.id()).resolve("file").toString());
        settings.put(Kept.READ_ON_MISS, Boolean.toString(row.kept() == Kept.SYNCED_READ_ON_MISS));
      }
      case REPLICATED, REPLICATED_AT_ONCE -> settings.putAll(Replication.settings(row.kept()));
      case FILE -> {
        settings.put(STORE, "file");
        settings.put(FILE_DIR, folder("file-" + row.id()).toString());
      }
      case JDBC -> {
        settings.put(STORE, "jdbc");
        settings.putAll(database());
      }
      case REDIS -> {
        settings.put(STORE, REDIS);
        settings.put(REDIS_URI, redis());
        settings.put(REDIS_NAMESPACE, "captcha:lab:" + randomText());
      }
    }
    settings.putAll(given);
    return settings;
  }

  /** The store's name for the table, where there are several of a kind. */
  String name(Row row) {
    return row.kept() == Kept.JDBC
        ? "jdbc (" + (jdbcUrl == null ? "h2" : jdbcUrl.split(":", 3)[1]) + ")"
        : row.kept().text();
  }

  private static void memory(Map<String, String> settings) {
    settings.put(STORE, "memory");
    settings.put("captcha.session.memory.many-nodes", "true");
  }

  private Map<String, String> database() {
    if (jdbcUrl != null) {
      return Map.of(JDBC_URL, jdbcUrl);
    }
    EmbeddedDatabase own = database;
    if (own == null) {
      own = running.add(EmbeddedDatabase.start(folder("h2")));
      database = own;
    }
    return own.settings();
  }

  private String redis() {
    if (redisUrl != null) {
      return redisUrl;
    }
    RedisServer own = redis;
    if (own == null) {
      own = running.add(RedisServer.start(folder("redis")));
      redis = own;
    }
    return own.uri();
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw StartFailure.failed("The folder " + name + " cannot be made: " + e + ".", e);
    }
  }

  private static String randomText() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
