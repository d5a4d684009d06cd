package io.anynode.captcha.bench;

import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** What an open challenge takes up in each store, with the session that it is in. */
final class StoredBytes implements Part {

  private static final double REDIS = 400;
  private static final double POSTGRES = 600;
  private static final int BLOCK = 4096;

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws Exception {
    int count = run.either(5_000, 50_000);
    Sheet.Rows rows =
        sheet.table(
            "%,d sessions with one open challenge each".formatted(count),
            "store",
            "bytes a session",
            "by");
    redis(sheet, rows, count);
    postgres(sheet, rows, count);
    Path folder = Files.createTempDirectory(run.folder(), "bytes-");
    try {
      Path database = folder.resolve("sessions");
      try (EmbeddedNode node = jdbc("jdbc:h2:file:" + database.toAbsolutePath())) {
        node.leaveOpen(count);
      }
      rows.row(
          "H2", size(Path.of(database + ".mv.db"), 1) / (double) count, "the file's length");
      Path files = Files.createDirectory(folder.resolve("files"));
      try (EmbeddedNode node =
          EmbeddedNode.forStore(
              Map.of(
                  "captcha.session.store", "file",
                  "captcha.session.file.dir", files.toAbsolutePath().toString()))) {
        node.leaveOpen(count / 10);
      }
      rows.row("file", 10 * size(files, 1) / (double) count, "the files' lengths");
      rows.row("file", 10 * size(files, BLOCK) / (double) count, "blocks of 4 kB, folders included");
    } finally {
      boolean unused = FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static void redis(Sheet sheet, Sheet.Rows rows, int count) throws Exception {
    try (RealRedis redis = RealRedis.start();
        EmbeddedNode node =
            EmbeddedNode.forStore(
                Map.of(
                    "captcha.session.store", "redis", "captcha.session.redis.uri", redis.uri()))) {
      node.leaveOpen(1); // what the nodes agree on
      String names =
          "EVAL \"local sum, n = 0, 0 for _, key in ipairs(redis.call('KEYS', 'captcha:sessions:*'))"
              + " do sum = sum + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0) n = n + 1 end"
              + " return math.floor(sum / n + 0.5)\" 0";
      long before = used(redis);
      node.leaveOpen(count);
      double whole = (used(redis) - before) / (double) count;
      double each = Double.parseDouble(String.valueOf(redis.ask(names)));
      rows.row("Redis", each, "MEMORY USAGE of a session's key");
      rows.row("Redis", whole, "used_memory, with the tables of keys and expiries and counts");
      sheet.atMost("Redis, bytes a session with one challenge", REDIS, each);
    }
  }

  private static long used(RealRedis redis) {
    return String.valueOf(redis.ask("INFO memory"))
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void postgres(Sheet sheet, Sheet.Rows rows, int count) throws Exception {
    String url = RealPostgres.url();
    try (EmbeddedNode node = jdbc(url)) {
      node.leaveOpen(count);
      double each =
          Sql.number(
                  url,
                  "SELECT pg_total_relation_size('spring_session')"
                      + " + pg_total_relation_size('spring_session_attributes')")
              / (double) count;
      rows.row("PostgreSQL", each, "pg_total_relation_size, with the indexes");
      for (String table : List.of("spring_session", "spring_session_attributes")) {
        double heap = Sql.number(url, "SELECT pg_relation_size('%s')".formatted(table));
        double indexes = Sql.number(url, "SELECT pg_indexes_size('%s')".formatted(table));
        rows.row("PostgreSQL", heap / count, table);
        rows.row("PostgreSQL", indexes / count, "indexes of " + table);
      }
      sheet.atMost("PostgreSQL, bytes a session with one challenge", POSTGRES, each);
    }
  }

  private static EmbeddedNode jdbc(String url) {
    return EmbeddedNode.forStore(
        Map.of("captcha.session.store", "jdbc", "captcha.session.jdbc.url", url));
  }

  /** The lengths of all files in there, each rounded up. */
  private static long size(Path root, int block) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> block > 1 || Files.isRegularFile(path))
          .mapToLong(StoredBytes::length)
          .map(length -> (length + block - 1) / block * block)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long length(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
