package io.anynode.captcha.server;

import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import io.anynode.captcha.settings.SettingsFiles;
import io.anynode.captcha.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The {@code captcha.} settings as the workers will find them: what the command line says and this
 * process supplies, then system properties, both of which are handed to each worker; then the
 * environment, which a worker inherits, and the files.
 */
final class ClusterSettings {

  static final String STORE = "captcha.session.store";

  private static final String TRUSTED_PROXIES = "captcha.trusted-proxies";
  private static final String PREFIX = "captcha.";
  private static final String FILE_IN_APPLICATION = "WEB-INF/captcha.properties";

  private final Path application;
  private final Map<String, Object> given;

  /**
   * The settings of a command line.
   *
   * @param application the unpacked WAR
   * @param given the settings of the command line
   */
  ClusterSettings(Path application, Map<String, String> given) {
    this.application = application;
    this.given = new TreeMap<>(given);
  }

  void put(String key, String value) {
    given.put(key, value);
  }

  void putAll(Map<String, String> settings) {
    given.putAll(settings);
  }

  /** One setting as it stands, before any is validated. */
  @Nullable String raw(String key) {
    return environment().getProperty(key);
  }

  /**
   * Reads all as a worker will.
   *
   * @throws SettingsException with every error there is
   */
  Settings read() {
    return SettingsReader.read(environment(), SessionStores::errors);
  }

  /** What is handed to a worker. */
  Map<String, String> forWorker(String worker) {
    Map<String, String> handed = new TreeMap<>();
    for (String key : System.getProperties().stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        handed.put(key, System.getProperty(key, ""));
      }
    }
    given.forEach((key, value) -> handed.put(key, value.toString()));
    handed.put("captcha.node", worker);
    // The front door, which says who its clients are and lets nobody else say so.
    String proxies = raw(TRUSTED_PROXIES);
    String own = WorkerProcess.HOST;
    handed.put(TRUSTED_PROXIES, proxies == null || proxies.isBlank() ? own : proxies + "," + own);
    return handed;
  }

  private ConfigurableEnvironment environment() {
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("the command line", given));
    SettingsFiles.addConfigured(environment);
    SettingsFiles.addIfPresent(environment, application.resolve(FILE_IN_APPLICATION));
    return environment;
  }
}
