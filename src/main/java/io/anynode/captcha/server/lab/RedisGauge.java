package io.anynode.captcha.server.lab;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts in one Redis server without TLS: what clients sent, by {@code MONITOR}, but not what their
 * scripts did; and the memory of the row's keys.
 */
final class RedisGauge implements Cost.Gauge {

  private final RedisConsole console;
  private final RedisConsole monitor;
  private final String namespace;
  private long sent;
  private long marks;

  private RedisGauge(RedisConsole console, RedisConsole monitor, String namespace) {
    this.console = console;
    this.monitor = monitor;
    this.namespace = namespace;
  }

  /** Opens connections of its own; one that tells nothing for Sentinel, Cluster and TLS. */
  static Cost.Gauge open(Map<String, String> settings) {
    URI uri = URI.create(Objects.requireNonNull(settings.get(Stores.REDIS_URI)));
    String namespace = Objects.requireNonNull(settings.get(Stores.REDIS_NAMESPACE));
    if (!"redis".equals(uri.getScheme()) || uri.getHost() == null) {
      return Cost.SILENT;
    }
    try {
      RedisConsole console = RedisConsole.open(uri);
      RedisConsole monitor = RedisConsole.open(uri);
      Object unused = monitor.ask("MONITOR");
      return new RedisGauge(console, monitor, namespace);
    } catch (IOException e) {
      return Cost.SILENT;
    }
  }

  /** Reads what was sent up to a mark of its own. */
  @Override
  public @Nullable Long trips() {
    String mark = "lab-mark-" + ++marks;
    try {
      Object unused = console.ask("ECHO", mark);
      for (String line = monitor.line(); !line.contains(mark); line = monitor.line()) {
        if (line.contains(namespace)
            && !line.contains(" lua]")
            && !line.contains("\"SCAN\"")
            && !line.contains("\"MEMORY\"")) {
          sent++;
        }
      }
      return sent;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable Long bytes() {
    try {
      long bytes = 0;
      String cursor = "0";
      do {
        if (!(console.ask("SCAN", cursor, "MATCH", namespace + ":*", "COUNT", "1000")
                instanceof List<?> page
            && page.get(1) instanceof List<?> keys)) {
          return null;
        }
        for (Object key : keys) {
          bytes += console.ask("MEMORY", "USAGE", key.toString()) instanceof Long size ? size : 0;
        }
        cursor = page.get(0).toString();
      } while (!cursor.equals("0"));
      return bytes;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    console.close();
    monitor.close();
  }
}
