package io.anynode.captcha.server.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   */
  static Cost.Gauge of(Row row, Map<String, String> settings) {
    return switch (row.kept()) {
      case MEMORY -> new Cost.Told(0L);
      case REPLICATED, REPLICATED_AT_ONCE -> Cost.SILENT;
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
