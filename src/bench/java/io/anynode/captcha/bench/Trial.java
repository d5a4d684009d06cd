package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures a contestant.
 *
 * @param generator makes the load
 * @param libraries has a folder for each class path that is not this process' own
 * @param folder for the nodes
 * @param quick whether only the first of the JIT's compilers is used, so that a short warm-up is enough
 * @param warmUp for how many seconds the nodes are under full load before anything counts
 * @param seconds for how many it counts, in each of the two loads
 */
record Trial(
    LoadGenerator generator, Path libraries, Path folder, boolean quick, int warmUp, int seconds) {

  private static final int NODES = 4;
  private static final int USERS = 24;
  private static final int CHALLENGES = 1000;
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
      Meter meter = new Meter(nodes, store.pids(), generator);
      Measured closed = generator.run(Load.closed(target, USERS, warmUp, seconds), meter);
      double load = closed.rate() / 2;
      Measured open =
          generator.run(
              Load.open(target, load, 2, seconds), new Meter(nodes, store.pids(), generator));
      Walk walk = new Walk(target);
      walk.answer(COUNTED);
      long trips = store.trips(() -> walk.answer(COUNTED));
      long bytes = store.bytes(nodes);
      walk.look(CHALLENGES);
      double rounds = closed.rounds();
      return new Row(
          contestant,
          closed.rate(),
          meter.nodesMicros() / rounds,
          meter.compilerMicros() / rounds,
          meter.storeMicros() / rounds,
          meter.generatorMicros() / rounds,
          load,
          open.p50() / 1000.0,
          open.p99() / 1000.0,
          open.p999() / 1000.0,
          (store.bytes(nodes) - bytes) / (double) CHALLENGES,
          trips / (double) COUNTED,
          meter.allocated() / rounds / 1000,
          closed.pictureBytes());
    }
  }
}
