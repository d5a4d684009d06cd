package io.anynode.captcha.server.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What counts in each store. */
final class Gauges {

  private Gauges() {}

  /**
   * The gauge of a row.
   *
   * @param settings what the row's workers were told
   * @param workers their own addresses
   */
  static Cost.Gauge of(
      Row row, Map<String, String> settings, List<URI> workers, HttpClient client) {
    return switch (row.kept()) {
      case MEMORY -> new HeapGauge(0L, workers, client);
      case REPLICATED, REPLICATED_AT_ONCE -> new HeapGauge(null, workers, client);
      case SYNCED, SYNCED_READ_ON_MISS -> inFiles(settings.get(Kept.SHARED_FILE));
      case FILE -> inFiles(settings.get(Stores.FILE_DIR));
      case JDBC -> JdbcGauge.open(settings);
      case REDIS -> RedisGauge.open(settings);
    };
  }

  private static Cost.Gauge inFiles(@Nullable String path) {
    return new InFiles(Path.of(Objects.requireNonNull(path)));
  }

  /** The size of a file, or of all in a folder; nobody counts the system's calls. */
  private record InFiles(Path root) implements Cost.Gauge {

    @Override
    public @Nullable Long trips() {
      return null;
    }

    @Override
    public @Nullable Long bytes() {
      try (Stream<Path> files = Files.walk(root)) {
        return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      } catch (IOException e) {
        return null;
      }
    }

    @Override
    public void close() {}
  }
}
