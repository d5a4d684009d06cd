package io.anynode.captcha.fire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.server.RunningCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has a fault befall a running cluster under load, and tells what became of the visitors. */
final class Fire {

  /** Rounds that begin in a second, over all workers. */
  static final int PACE = Integer.getInteger("fire.pace", 55);

  private static final int WITNESSES = 30;
  private static final int WARM = 100;

  /** What is promised within two seconds of the return is looked for a second longer. */
  private static final Duration AFTER = Duration.ofSeconds(3);

  private static final String MANY = "1000000/1m";

  private Fire() {}

  private record Witness(Guest guest, String id) {}

  static Outcome under(Fault fault) throws Exception {
    return inTurn(fault, List.of()).get(0);
  }

  /**
   * Several faults in turn on one cluster.
   *
   * @param first with the store that the cluster stands on
   * @param others befall the cluster itself
   */
  static List<Outcome> inTurn(Fault first, List<Fault> others) throws Exception {
    try (Scene scene = first.scene().call();
        RunningCluster cluster = scene.plan(plan(scene.store(), scene.settings())).start()) {
      List<Outcome> outcomes = new ArrayList<>(List.of(under(first, scene, cluster)));
      for (Fault other : others) {
        try (Scene more = other.scene().call()) {
          outcomes.add(under(other, more, cluster));
        }
      }
      return outcomes;
    }
  }

  /** Four workers, in test mode. */
  static RunningCluster.Plan plan(String store, Map<String, String> settings) {
    RunningCluster.Plan plan =
        RunningCluster.with("--workers", "4", "--store", store)
            .property("captcha.test-mode", "true")
            // All visitors have one address here; counted they are.
            .property("captcha.rate.issue", MANY)
            .property("captcha.rate.failure", MANY);
    settings.forEach(plan::property);
    return plan;
  }

  private static Outcome under(Fault fault, Scene scene, RunningCluster cluster) throws Exception {
    try (Load load = load(cluster)) {
      await().atMost(60, SECONDS).until(() -> passed(load) > WARM);
      long begun = System.nanoTime();
      int before = load.begun();
      List<Witness> witnesses = witnesses(load, cluster);
      await().atMost(60, SECONDS).until(() -> passed(load) > 2 * WARM);
      pause(Duration.ofSeconds(1)); // a witness is older than what a failover may lose
      int underWay = load.underWay();
      long struck = System.nanoTime();
      scene.strike(cluster);
      pause(fault.lasts());
      scene.mend(cluster);
      long back = System.nanoTime();
      pause(AFTER);
      int kept = 0;
      for (Witness witness : witnesses) {
        if (witness.guest().answer(cluster.url(), witness.id(), "PASSED").passed()) {
          kept++;
        }
      }
      long ended = System.nanoTime();
      load.drain();
      Outcome outcome =
          Outcome.of(
              fault,
              load,
              new Outcome.Times(before, begun, struck, back, ended),
              underWay,
              witnesses.size(),
              kept,
              evidence(scene, load));
      System.out.print(Outcome.HEAD + outcome.row());
      return outcome;
    }
  }

  private static String evidence(Scene scene, Load load) throws Exception {
    String lost = load.inVain() > 0 ? load.inVain() + " right answers in vain" : "";
    return Stream.of(scene.evidence(), lost)
        .filter(said -> !said.isEmpty())
        .collect(Collectors.joining(", "));
  }

  static Load load(RunningCluster cluster) {
    return Load.start(
        cluster.url(),
        () -> cluster.workers().stream().map(RunningCluster.Worker::url).toList(),
        PACE);
  }

  private static long passed(Load load) {
    return load.replies().stream().filter(Reply::passed).count();
  }

  private static List<Witness> witnesses(Load load, RunningCluster cluster) {
    List<Witness> witnesses = new ArrayList<>();
    while (witnesses.size() < WITNESSES) {
      Guest guest = load.guest(witnesses.size() % 2 == 0);
      String id = guest.open(cluster.url());
      if (id == null) {
        throw new AssertionError("no challenge before the fault");
      }
      witnesses.add(new Witness(guest, id));
    }
    return witnesses;
  }

  /** The length of a fault is what is being tested; nothing is waited for. */
  private static void pause(Duration length) throws InterruptedException {
    if (!length.isNegative()) {
      Thread.sleep(length.toMillis());
    }
  }
}
