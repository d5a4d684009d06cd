package io.anynode.captcha.session;

import io.anynode.captcha.session.file.FileStore;
import io.anynode.captcha.session.jdbc.JdbcStore;
import io.anynode.captcha.session.memory.MemoryStore;
import io.anynode.captcha.session.redis.RedisStore;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.Setting;
import io.anynode.captcha.settings.SettingsException;
import io.anynode.captcha.settings.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The switch: {@code captcha.session.store} chooses, and nothing else needs to know. */
public final class SessionStores {

  private SessionStores() {}

  /**
   * The errors in the chosen store's own settings that show without reaching it.
   *
   * @return one sentence each
   */
  public static List<String> errors(SessionSettings settings) {
    try {
      switch (settings.store()) {
        case JDBC -> JdbcStore.check(settings.jdbc());
        case REDIS -> RedisStore.check(settings.redis());
        case FILE, MEMORY -> {}
      }
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (NoClassDefFoundError e) {
      return List.of(leftOut(settings, e));
    }
  }

  /**
   * Opens the store that is set, without reaching it.
   *
   * @param settings where the sessions live
   * @param home this node's own folder, for the embedded database
   * @param application the class loader that knows the application's own classes: those of its
   *     attributes, and its JDBC driver
   * @throws SettingsException if the settings cannot work, whatever the store does
   */
  public static SessionStore open(SessionSettings settings, Path home, ClassLoader application) {
    return new BreakerStore(openForOneLook(settings, home, application), timeout(settings));
  }

  /**
   * Opens the same without the circuit breaker, for one who looks once and tells of a fault by
   * himself: the breaker would write it into the log as well.
   *
   * @throws SettingsException if the settings cannot work, whatever the store does
   */
  public static SessionStore openForOneLook(
      SessionSettings settings, Path home, ClassLoader application) {
    AttributeCodec codec = new AttributeCodec(application, settings.serialFilter());
    try {
      return unguarded(settings, home, codec, application);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(List.of(String.valueOf(e.getMessage())));
    } catch (NoClassDefFoundError e) {
      throw new SettingsException(List.of(leftOut(settings, e)));
    }
  }

  private static SessionStore unguarded(
      SessionSettings settings, Path home, AttributeCodec codec, ClassLoader application) {
    return switch (settings.store()) {
      case JDBC -> JdbcStore.open(settings, home, codec, application);
      case REDIS -> RedisStore.open(settings, codec);
      case FILE -> FileStore.open(settings, codec);
      case MEMORY -> MemoryStore.open(settings);
    };
  }

  /** How long one call may wait; a folder and a map have no say in it. */
  private static Duration timeout(SessionSettings settings) {
    return settings.store() == StoreKind.REDIS
        ? settings.redis().timeout()
        : settings.jdbc().timeout();
  }

  private static String leftOut(SessionSettings settings, NoClassDefFoundError missing) {
    return Setting.STORE.key()
        + " is '"
        + settings.store().name().toLowerCase(Locale.ROOT)
        + "', whose libraries are not in the class path ("
        + missing.getMessage()
        + "); add them, or use a drop-in jar that was built with them";
  }
}
