package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures a contestant.
 *
 * @param generator makes the load
 * @param libraries has a folder for each class path that is not this process' own
 * @param folder for the nodes
 * @param quick whether only the first of the JIT's compilers is used, so that a short warm-up is enough
 * @param windows how often each of the two loads is measured: the middle one counts
 * @param seconds how long each time
 */
record Trial(
    LoadGenerator generator,
    Path libraries,
    Path folder,
    boolean quick,
    int windows,
    int seconds) {

  private static final int NODES = 4;
  private static final int USERS = 24;
  private static final int COUNTED = 50;

  Row of(Contestant contestant) throws IOException {
    try (Store store = contestant.startStore()) {
      return of(contestant, store, contestant.kind(store, libraries));
    }
  }

  private Row of(Contestant contestant, Store store, Nodes.Kind kind) throws IOException {
    Path own = folder.resolve(contestant.name().toLowerCase(Locale.ROOT));
    try (Nodes nodes = Nodes.start(quick ? kind.compiledAtOnce() : kind, NODES, own)) {
      Load.Target target =
          new Load.Target(
              nodes.ports(),
              contestant.isSticky(),
              "username=demo&password=demo&captcha-answer=" + contestant.answer());
      WarmUp warmUp = quick ? WarmUp.of(USERS, 4) : WarmUp.untilQuiet(USERS);
      WarmUp.Warm warm = warmUp.run(generator, nodes, target);
      int before = quick ? 1 : 2;
      Window middle =
          middle(Load.closed(target, USERS, before, seconds), nodes, store, Measured::rate);
      Measured closed = middle.measured();
      Meter meter = middle.meter();
      double load = closed.rate() / 2;
      Measured open =
          middle(Load.open(target, load, before, seconds), nodes, store, Measured::p99).measured();
      Walk walk = new Walk(target);
      walk.answer(COUNTED);
      long trips = store.trips(() -> walk.answer(COUNTED));
      long bytes = store.bytes(nodes);
      int challenges = quick ? 200 : 1000;
      walk.look(challenges);
      double kept = (store.bytes(nodes) - bytes) / (double) challenges;
      long unused = nodes.live(); // what the first collection leaves, the second takes
      double heap = nodes.live() / 1e6 / NODES;
      double rounds = closed.rounds();
      return new Row(
          contestant,
          warm,
          closed.rate(),
          meter.nodesMicros() / rounds,
          meter.compilerMicros() / rounds,
          meter.storeMicros() / rounds,
          meter.generatorMicros() / rounds,
          load,
          open.p50() / 1000.0,
          open.p99() / 1000.0,
          open.p999() / 1000.0,
          kept,
          trips / (double) COUNTED,
          meter.allocated() / rounds / 1000,
          heap,
          closed.pictureBytes());
    }
  }

  /** A load that was measured, and what it cost. */
  private record Window(Measured measured, Meter meter) {}

  /** Of several measurings the one that is in the middle by a figure. */
  private Window middle(
      Load load, Nodes nodes, Store store, ToDoubleFunction<Measured> figure)
      throws IOException {
    List<Window> all = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      Meter meter = new Meter(nodes, store.pids(), generator);
      all.add(new Window(generator.run(load, meter), meter));
    }
    all.sort(Comparator.comparingDouble(window -> figure.applyAsDouble(window.measured())));
    return all.get(windows / 2);
  }
}
