package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a round costs as workers are added and as challenges pile up, and how rounds fare while a
 * million sessions expire.
 */
final class Growth implements Part {

  private static final int MOST_WORKERS = 8;
  private static final int EXPIRY_WORKERS = 4;
  private static final int USERS = 16;
  private static final double FLAT = 1.15;
  private static final double SPIKE = 2;
  private static final String ANSWER = "username=demo&password=demo&captcha-answer=PASSED";

  /** Of what the machine can do. */
  private static final double CALM = 0.4;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws Exception {
    Sheet.Rows rows =
        sheet.table(
            "A round as workers are added and challenges pile up",
            "store",
            "workers",
            "open challenges",
            "rounds/s",
            "µs of CPU: workers",
            "store",
            "both");
    Sheet.Rows expiry =
        sheet.table(
            "Rounds at %.0f %% of what the machine can do, while sessions expire"
                .formatted(100 * CALM),
            "store",
            "sessions that expire",
            "p50 ms before",
            "p50 ms meanwhile",
            "p99 ms before",
            "p99 ms meanwhile",
            "of them gone after the measuring, %");
    Path files = run.folder().resolve("growth");
    List<Sheet.Series> byWorkers = new ArrayList<>();
    List<Sheet.Series> byOpen = new ArrayList<>();
    try (LoadGenerator generator =
        LoadGenerator.start(
            run.folder().resolve("generator"), run.folder().resolve("growth-generator.log"))) {
      for (Opener opener : List.<Opener>of(FilledRedis::new, FilledPostgres::new)) {
        try (Filled store = opener.open();
            Nodes nodes =
                Nodes.start(
                    Nodes.Kind.ours(store.settings()).compiledAtOnce(), MOST_WORKERS, files.resolve(store.title()))) {
          Course course = new Course(sheet, run, generator, store, nodes, rows, expiry);
          course.warmUp();
          byWorkers.add(course.byWorkers());
          byOpen.add(course.byOpen());
        }
      }
    }
    sheet.plot(
        new Sheet.Plot("A round's cost by workers", "workers", "µs of CPU", true, byWorkers));
    sheet.plot(
        new Sheet.Plot(
            "A round's cost by open challenges", "open challenges", "µs of CPU", true, byOpen));
    sheet.note(
        "All workers run and are warm before any figure is taken, with only the first of the JIT's"
            + " compilers: with both, each worker would go on being compiled for minutes. The load"
            + " goes to as many of them as the row says. Open challenges are copies of one that was issued, under ids of"
            + " their own. A closed loop of "
            + USERS
            + " visitors; the expiry is an open loop of "
            + EXPIRY_WORKERS
            + " workers.");
  }

  private interface Opener {
    Filled open() throws SQLException;
  }

  /** The measurings of one store. */
  private record Course(
      Sheet sheet,
      Run run,
      LoadGenerator generator,
      Filled store,
      Nodes nodes,
      Sheet.Rows rows,
      Sheet.Rows expiry) {

    void warmUp() throws IOException {
      Measured unused =
          generator.run(
              Load.closed(target(MOST_WORKERS), USERS, run.either(8, 20), 1),
              new Meter(nodes, store.pids(), generator));
    }

    private Load.Target target(int workers) {
      return new Load.Target(nodes.ports().subList(0, workers), false, ANSWER);
    }

    Sheet.Series byWorkers() throws IOException, SQLException {
      List<double[]> points = new ArrayList<>();
      for (int workers = 1; workers <= MOST_WORKERS; workers *= 2) {
        points.add(new double[] {workers, closed(workers, store.sessions()).micros()});
      }
      flat("workers 1 → 8", points);
      return new Sheet.Series(store.title(), points);
    }

    Sheet.Series byOpen() throws IOException, SQLException {
      List<double[]> points = new ArrayList<>();
      int most = run.either(100_000, 1_000_000);
      int there = 0;
      Instant expires = Instant.MAX;
      double rate = 0;
      for (int open = 1_000; open <= most; open *= 10) {
        // A first part of the last step tells how long the rest of it will take.
        if (open == most) {
          Instant begun = Instant.now();
          int part = most / 10;
          store.add(there, there + part, Instant.now().plus(Duration.ofHours(1)));
          there += part;
          Duration each = Duration.between(begun, Instant.now());
          expires = Instant.now().plus(each.multipliedBy(12)).plusSeconds(run.either(25, 60));
          store.add(there, open, expires);
        } else {
          store.add(there, open, Instant.now().plus(Duration.ofHours(1)));
        }
        there = open;
        store.settle();
        Cost cost = closed(EXPIRY_WORKERS, open);
        rate = cost.rate();
        points.add(new double[] {open, cost.micros()});
      }
      flat("open challenges 10³ → 10%s".formatted(most == 1_000_000 ? "⁶" : "⁵"), points);
      expire(expires, most - most / 10, rate);
      return new Sheet.Series(store.title(), points);
    }

    private void flat(String what, List<double[]> points) {
      double least = points.stream().mapToDouble(point -> point[1]).min().orElseThrow();
      double most = points.stream().mapToDouble(point -> point[1]).max().orElseThrow();
      sheet.atMost(
          "%s, %s: the dearest round, in the cheapest".formatted(store.title(), what),
          FLAT,
          most / least);
    }

    /** What a round costs, and how many there were in a second. */
    private record Cost(double micros, double rate) {}

    private Cost closed(int workers, long open) throws IOException {
      Meter meter = new Meter(nodes, store.pids(), generator);
      Measured measured =
          generator.run(Load.closed(target(workers), USERS, 2, run.either(3, 12)), meter);
      double nodesMicros = meter.nodesMicros() / (double) measured.rounds();
      double storeMicros = meter.storeMicros() / (double) measured.rounds();
      rows.row(
          store.title(),
          workers,
          open,
          measured.rate(),
          nodesMicros,
          storeMicros,
          nodesMicros + storeMicros);
      return new Cost(nodesMicros + storeMicros, measured.rate());
    }

    private void expire(Instant expires, int count, double most)
        throws IOException, SQLException {
      int seconds = run.either(5, 15);
      Measured before = open(most * CALM, seconds);
      pauseUntil(expires.minusSeconds(1));
      if (Instant.now().isAfter(expires.plusSeconds(2))) {
        sheet.note(
            "%s: the sessions had begun to expire before the load without it was measured."
                .formatted(store.title()));
      }
      long full = store.sessions();
      Measured meanwhile = open(most * CALM, seconds);
      double gone = 100.0 * (full - store.sessions()) / count;
      expiry.row(
          store.title(),
          count,
          before.p50() / 1e3,
          meanwhile.p50() / 1e3,
          before.p99() / 1e3,
          meanwhile.p99() / 1e3,
          String.format(Locale.ROOT, "%.0f", gone));
      sheet.atMost(
          "%s: p99 while sessions expire, in p99 without".formatted(store.title()),
          SPIKE,
          meanwhile.p99() / (double) before.p99());
    }

    private Measured open(double rate, int seconds) throws IOException {
      return generator.run(
          Load.open(target(EXPIRY_WORKERS), rate, 2, seconds),
          new Meter(nodes, store.pids(), generator));
    }

    private static void pauseUntil(Instant moment) {
      try {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), moment).toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
