package io.anynode.captcha.server;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code captcha.} settings as the workers will find them: properties, which the command hands
 * to each worker, then the environment, which a worker inherits.
 */
final class ClusterSettings {

  private static final String PREFIX = "captcha.";

  private final SortedMap<String, String> properties = new TreeMap<>();
  private final Map<String, String> environment;

  /**
   * Takes the {@code captcha.} properties out of a JVM's.
   *
   * @param system the system properties
   * @param environment the environment
   */
  ClusterSettings(Properties system, Map<String, String> environment) {
    this.environment = environment;
    for (String key : system.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        properties.put(key, system.getProperty(key));
      }
    }
  }

  /** A setting's value; null if it is not set, or only in a file. */
  @Nullable String get(String key) {
    String property = properties.get(key);
    return property != null ? property : environment.get(environmentName(key));
  }

  boolean has(String key) {
    return get(key) != null;
  }

  void put(String key, String value) {
    properties.put(key, value);
  }

  /** What is handed to a worker. */
  Map<String, String> forWorker(String worker) {
    Map<String, String> handed = new TreeMap<>(properties);
    handed.put("captcha.node", worker);
    return handed;
  }

  private static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
