package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

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

  /** Seconds of load before it is measured. */
  private static final int WARM = 2;

  /** Seconds from a load's beginning until the first session expires. */
  private static final int BEFORE_EXPIRY = 1;

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
            "sessions at the end",
            "rounds/s",
            "µs of CPU: workers",
            "store",
            "both");
    Sheet.Rows expiry =
        sheet.table(
            "Rounds at %.0f %% of what the machine can do, while sessions expire one after another"
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
        try (Filled store = opener.open()) {
          if (!run.quick()) {
            try (Nodes nodes = start(store, MOST_WORKERS, files)) {
              Course course = new Course(sheet, run, generator, store, nodes, rows, expiry);
              course.warmUp();
              byWorkers.add(course.byWorkers());
            }
          }
          // Nodes of their own: the others' would sweep as well, and have no visitors meanwhile.
          try (Nodes nodes = start(store, EXPIRY_WORKERS, files)) {
            Course course = new Course(sheet, run, generator, store, nodes, rows, expiry);
            course.warmUp();
            byOpen.add(course.byOpen());
          }
        }
      }
    }
    if (!run.quick()) {
      sheet.plot(
          new Sheet.Plot("A round's cost by workers", "workers", "µs of CPU", true, byWorkers));
    }
    sheet.plot(
        new Sheet.Plot(
            "A round's cost by open challenges", "open challenges", "µs of CPU", true, byOpen));
    sheet.note(
        ("Workers are warm before any figure is taken, with only the first of the JIT's compilers:"
                + " with both, eight would go on being compiled for minutes. As workers are added%s, all"
                + " eight run, and the load goes to as many as the row says: visitors at random"
                + " times, as many for each row, %.0f %% of what eight can do; by one to eight and"
                + " back to one, of which the means are told. As challenges pile up, and while they"
                + " expire, %d workers run: a closed loop of %d visitors, then the open one. Open"
                + " challenges are copies of one that was issued, under ids of their own; the other"
                + " sessions are those of the rounds.")
            .formatted(
                run.either(" (not in a quick run)", ""),
                100 * CALM,
                EXPIRY_WORKERS,
                USERS));
  }

  private static Nodes start(Filled store, int workers, Path files) throws IOException {
    return Nodes.start(
        Nodes.Kind.ours(store.settings()).compiledAtOnce(),
        workers,
        files.resolve(store.title() + "-" + workers));
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
      WarmUp warmUp = run.quick() ? WarmUp.of(USERS, 4) : WarmUp.untilQuiet(USERS);
      WarmUp.Warm warm = warmUp.run(generator, nodes, target(nodes.ports().size()));
      System.out.println(store.title() + ": " + warm);
    }

    private Load.Target target(int workers) {
      return new Load.Target(nodes.ports().subList(0, workers), false, ANSWER);
    }

    /**
     * At one rate for all: in a closed loop one worker would have all visitors at a time and serve
     * many at each waking, and each of eight but two. There and back, since the machine and the nodes
     * are not the same at the end as at the beginning.
     */
    Sheet.Series byWorkers() throws IOException, SQLException {
      int seconds = 8;
      double rate =
          CALM * cost(Load.closed(target(MOST_WORKERS), USERS, WARM, seconds)).rate();
      List<Integer> there = List.of(1, 2, 4, MOST_WORKERS);
      List<Integer> back = new ArrayList<>(there);
      Collections.reverse(back);
      Map<Integer, List<Cost>> costs = new TreeMap<>();
      for (List<Integer> way : List.of(there, back)) {
        for (int workers : way) {
          store.empty();
          costs
              .computeIfAbsent(workers, none -> new ArrayList<>())
              .add(cost(Load.open(target(workers), rate, WARM, seconds)));
        }
      }
      List<double[]> points = new ArrayList<>();
      costs.forEach(
          (workers, both) -> points.add(new double[] {workers, row(workers, 0, Cost.mean(both))}));
      flat("workers 1 → 8", points);
      // Tells what many workers cost from what it costs that each of them is asked seldom.
      store.empty();
      double unused =
          row(
              "1, at an eighth of the rate",
              0,
              cost(Load.open(target(1), rate / MOST_WORKERS, WARM, 2 * seconds)));
      return new Sheet.Series(store.title(), points);
    }

    Sheet.Series byOpen() throws IOException, SQLException {
      List<double[]> points = new ArrayList<>();
      int most = run.either(10_000, 1_000_000);
      int added = 0;
      Instant expires = Instant.MAX;
      double rate = 0;
      for (int open = 1_000; open <= most; open *= 10) {
        store.empty(); // of the sessions that the rounds before have left
        int rest = open;
        // A first part of the last step tells how long the rest of it will take.
        if (open == most) {
          Instant begun = Instant.now();
          int part = most / 10;
          store.add(added, added + part, Instant.now().plus(Duration.ofHours(1)), Duration.ZERO);
          added += part;
          rest -= part;
          Duration each = Duration.between(begun, Instant.now());
          expires = Instant.now().plus(each.multipliedBy(12)).plusSeconds(run.either(15, 100));
          store.add(added, added + rest, expires, expiring());
        } else {
          store.add(added, added + rest, Instant.now().plus(Duration.ofHours(1)), Duration.ZERO);
        }
        added += rest;
        store.settle();
        Cost cost =
            cost(Load.closed(target(EXPIRY_WORKERS), USERS, WARM, run.either(2, 12)));
        rate = cost.rate();
        points.add(new double[] {open, row(EXPIRY_WORKERS, open, cost)});
      }
      flat("open challenges 10³ → 10%s".formatted(most == 1_000_000 ? "⁶" : "⁴"), points);
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

    /**
     * What a round costs.
     *
     * @param sessions how many there were at the end
     * @param rate rounds a second
     * @param workers their µs of CPU a round
     * @param store the same of the store
     */
    private record Cost(double sessions, double rate, double workers, double store) {

      double micros() {
        return workers + store;
      }

      static Cost mean(List<Cost> costs) {
        return new Cost(
            mean(costs, Cost::sessions),
            mean(costs, Cost::rate),
            mean(costs, Cost::workers),
            mean(costs, Cost::store));
      }

      private static double mean(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return costs.stream().mapToDouble(figure).average().orElseThrow();
      }
    }

    private Cost cost(Load load) throws IOException, SQLException {
      Meter meter = new Meter(nodes, store.pids(), generator);
      Measured measured = generator.run(load, meter);
      double rounds = measured.rounds();
      return new Cost(
          store.sessions(),
          measured.rate(),
          meter.nodesMicros() / rounds,
          meter.storeMicros() / rounds);
    }

    /** Tells a row, and returns all of its µs. */
    private double row(Object workers, int open, Cost cost) {
      rows.row(
          store.title(),
          workers,
          open,
          Math.rint(cost.sessions()),
          cost.rate(),
          cost.workers(),
          cost.store(),
          cost.micros());
      return cost.micros();
    }

    private int expirySeconds() {
      return run.either(4, 15);
    }

    /**
     * For as long as is measured, so that there is no end of it. Sessions that are begun one after
     * another expire so too; these, many times faster than they could have been begun.
     */
    private Duration expiring() {
      return Duration.ofSeconds(BEFORE_EXPIRY + WARM + expirySeconds());
    }

    private void expire(Instant expires, int count, double most)
        throws IOException, SQLException {
      int seconds = expirySeconds();
      // Three times, and the middle one: it is what the other is divided by.
      List<Measured> calm = new ArrayList<>();
      for (int i = 0; i < run.either(1, 3); i++) {
        calm.add(open(most * CALM, seconds));
      }
      calm.sort(Comparator.comparingLong(Measured::p99));
      Measured before = calm.get(calm.size() / 2);
      pauseUntil(expires.minusSeconds(BEFORE_EXPIRY));
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
          Load.open(target(EXPIRY_WORKERS), rate, WARM, seconds),
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
