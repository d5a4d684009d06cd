package io.anynode.captcha.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whole rounds over HTTP of all contestants, on four nodes each. {@code -Dbench.contestants=} leaves
 * only some, by their names with commas between them.
 */
final class WholeRounds implements Part {

  private final Map<Contestant, Row> rows = new EnumMap<>(Contestant.class);

  @Override
  public String name() {
    return "rounds";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws Exception {
    Logger.getLogger("io.zonky").setLevel(Level.WARNING); // it tells of each start
    Path files = Files.createDirectories(run.folder().resolve("rounds"));
    List<Exception> faults = new ArrayList<>();
    try (LoadGenerator generator =
        LoadGenerator.start(run.folder().resolve("generator"), files.resolve("generator.log"))) {
      Trial trial =
          new Trial(
              generator, run.folder(), files, run.quick(), run.either(1, 3), run.either(3, 10));
      for (Contestant contestant : contestants(run)) {
        try {
          Row row = trial.of(contestant);
          System.out.println(row);
          rows.put(contestant, row);
        } catch (IOException | RuntimeException e) {
          // The others' figures stand without it.
          faults.add(new IOException(contestant.title(), e));
        }
      }
    }
    tables(sheet);
    goals(sheet);
    for (Row row : rows.values()) {
      if (!run.quick() && !row.warm().isQuiet()) {
        sheet.note(
            "%s: measured though its JIT's compilers were not through; they took %.0f %% of all processors' time to the last."
                .formatted(row.contestant().title(), 100 * row.warm().compilers()));
      }
    }
    sheet.note(
        "Each JVM has "
            + String.join(" ", NodeProcess.JVM_FLAGS)
            + (run.quick() ? " -XX:TieredStopAtLevel=1: quickly compiled, and slower." : "."));
    if (!faults.isEmpty()) {
      IOException failed = new IOException("not all came through; each one's fault is below");
      faults.forEach(failed::addSuppressed);
      throw failed;
    }
  }

  /** A quick run leaves out those that no goal is about. */
  private static List<Contestant> contestants(Run run) {
    String only = System.getProperty("bench.contestants", "");
    if (!only.isEmpty()) {
      return Arrays.stream(only.split(",", -1)).map(Contestant::valueOf).toList();
    }
    return run.either(
        List.of(
            Contestant.KAPTCHA_MEMORY,
            Contestant.KAPTCHA_SPRING_REDIS,
            Contestant.KAPTCHA_SPRING_JDBC,
            Contestant.OURS_REDIS,
            Contestant.OURS_JDBC),
        List.of(Contestant.values()));
  }

  private void tables(Sheet sheet) {
    Sheet.Rows loads =
        sheet.table(
            "Rounds on four nodes: as many as come through, and how long they take at half of that",
            "",
            "rounds/s",
            "without generator and JIT",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "warm-up s");
    Sheet.Rows costs =
        sheet.table(
            "What a round costs",
            "",
            "µs of CPU, nodes",
            "store",
            "JIT",
            "generator",
            "trips to the store",
            "bytes an open challenge",
            "kB allocated",
            "MB of a node's heap",
            "bytes of picture");
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Row row : rows.values()) {
      rates.put(row.contestant().title(), row.rate());
      loads.row(
          row.contestant().title(),
          row.rate(),
          row.possible(),
          row.p50(),
          row.p99(),
          row.p999(),
          row.warm().seconds());
      costs.row(
          row.contestant().title(),
          row.serverMicros(),
          row.storeMicros(),
          row.compilerMicros(),
          row.generatorMicros(),
          row.trips(),
          row.bytes(),
          row.allocated(),
          row.heap(),
          row.picture());
    }
    sheet.bars("Rounds a second, on four nodes", rates);
  }

  private void goals(Sheet sheet) {
    compare(sheet, Contestant.OURS_REDIS, Contestant.KAPTCHA_SPRING_REDIS, 4);
    compare(sheet, Contestant.OURS_JDBC, Contestant.KAPTCHA_SPRING_JDBC, 4);
    compare(sheet, Contestant.OURS_REDIS, Contestant.KAPTCHA_MEMORY, 2.5);
  }

  private void compare(Sheet sheet, Contestant ours, Contestant other, double times) {
    Row our = rows.get(ours);
    Row their = rows.get(other);
    if (our != null && their != null) {
      String both = ours.title() + " to " + other.title();
      sheet.atLeast("rounds/s, " + both, times, our.rate() / their.rate());
      sheet.atLeast(
          "rounds/s without generator and JIT, " + both, times, our.possible() / their.possible());
      sheet.atMost("p99 at half load, " + both, 0.5, our.p99() / their.p99());
    }
  }
}
