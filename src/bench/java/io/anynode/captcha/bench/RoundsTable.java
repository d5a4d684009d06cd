package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Measured;
import io.anynode.captcha.real.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures whole rounds and prints them as a table: {@code <folder>} for its files and {@code
 * <generator>}, where the load generator's libraries are.
 */
final class RoundsTable {

  private static final int NODES = 4;
  private static final int USERS = 24;
  private static final String ANSWER = "username=demo&password=demo&captcha-answer=PASSED";

  private RoundsTable() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    String quickly = System.getProperty("quick", "");
    boolean quick = !quickly.isEmpty() && !quickly.equals("false");
    List<String> lines = new ArrayList<>();
    try (RealRedis redis = RealRedis.start();
        LoadGenerator generator =
            LoadGenerator.start(Path.of(arguments[1]), folder.resolve("generator.log"));
        Nodes nodes =
            Nodes.start(
                Nodes.Kind.ours(
                    Map.of(
                        "captcha.session.store", "redis",
                        "captcha.session.redis.uri", redis.uri())),
                NODES,
                folder)) {
      Load.Target target = new Load.Target(nodes.ports(), false, ANSWER);
      int warmUp = quick ? 5 : 15;
      int seconds = quick ? 3 : 10;
      Meter meter = new Meter(nodes, List.of(redis.pid()), generator);
      Measured closed = generator.run(Load.closed(target, USERS, warmUp, seconds), meter);
      Measured open =
          generator.run(
              Load.open(target, closed.rate() / 2, 2, seconds),
              new Meter(nodes, List.of(redis.pid()), generator));
      lines.add(
          "| | rounds/s | µs of CPU: server | store | generator | kB allocated | p50 ms | p99 |"
              + " p99.9 |");
      lines.add("|---|---|---|---|---|---|---|---|---|");
      double rounds = closed.rounds();
      lines.add(
          "| ours, Redis | %,.0f | %,.0f | %,.0f | %,.0f | %.1f | %.2f | %.2f | %.2f |"
              .formatted(
                  closed.rate(),
                  meter.nodesMicros() / rounds,
                  meter.storeMicros() / rounds,
                  meter.generatorMicros() / rounds,
                  meter.allocated() / rounds / 1000,
                  open.p50() / 1000.0,
                  open.p99() / 1000.0,
                  open.p999() / 1000.0));
    }
    lines.forEach(System.out::println);
    Files.write(folder.resolve("rounds.md"), lines);
  }
}
