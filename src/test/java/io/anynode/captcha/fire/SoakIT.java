package io.anynode.captcha.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.server.RunningCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rounds for ten minutes ({@code -Dfire.soak=10m}), in which nothing may grow: live heap, threads,
 * connections to Redis, keys in it. Writes {@code target/fire-soak.md}.
 */
@Tag("fire")
class SoakIT {

  private static final int SAMPLES = 20;

  /** Over all four workers. */
  private record Sample(
      long second,
      long rounds,
      long refused,
      long heapKilobytes,
      long threads,
      long clients,
      long keys) {

    String row() {
      return "| %d | %d | %d | %.1f | %d | %d | %d |%n"
          .formatted(second, rounds, refused, heapKilobytes / 1024.0, threads, clients, keys);
    }
  }

  private static final String HEAD =
      """
      | second | rounds | 5xx | live heap MB | threads | Redis clients | Redis keys |
      |---|---|---|---|---|---|---|
      """;

  @Test
  void nothingGrows() throws Exception {
    Duration length =
        Duration.parse("PT" + System.getProperty("fire.soak", "10m").toUpperCase(Locale.ROOT));
    // So that sessions end while it runs: as many as begin.
    Duration session = Duration.ofSeconds(Math.max(10, length.toSeconds() / 10));
    List<Sample> samples = new ArrayList<>();
    try (RealRedis redis = RealRedis.start();
        RunningCluster cluster =
            Fire.plan(
                    "redis",
                    Map.of(
                        "captcha.session.redis.uri",
                        redis.uri(),
                        "captcha.session.timeout",
                        session.toSeconds() + "s",
                        "captcha.ttl",
                        session.toSeconds() + "s"))
                .start();
        Load load = Fire.load(cluster)) {
      long begun = System.nanoTime();
      System.out.print(HEAD);
      for (int i = 1; i <= SAMPLES; i++) {
        long due = begun + length.toNanos() * i / SAMPLES;
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000)); // the soak
        Sample sample = sample(cluster, redis, load, (System.nanoTime() - begun) / 1_000_000_000);
        samples.add(sample);
        System.out.print(sample.row());
      }
      load.drain();
      assertThat(load.wrongly()).isZero();
      assertThat(load.twice()).isZero();
    }
    Files.writeString(
        FaultsChapter.SOAK, HEAD + samples.stream().map(Sample::row).collect(Collectors.joining()));
    FaultsChapter.write();

    assertThat(samples).extracting(Sample::refused).containsOnly(0L);
    flat("live heap", samples, Sample::heapKilobytes, 8 * 1024);
    flat("threads", samples, Sample::threads, 8);
    flat("connections", samples, Sample::clients, 4);
    flat("keys", samples, Sample::keys, 200);
  }

  /** The last fifth is no more than the third one, but for a tenth and a little. */
  private static void flat(
      String what, List<Sample> samples, ToLongFunction<Sample> which, long little) {
    double early = mean(samples.subList(SAMPLES * 2 / 5, SAMPLES * 3 / 5), which);
    double late = mean(samples.subList(SAMPLES * 4 / 5, SAMPLES), which);
    assertThat(late).as(what).isLessThanOrEqualTo(early * 1.1 + little);
  }

  private static double mean(List<Sample> samples, ToLongFunction<Sample> which) {
    return samples.stream().mapToLong(which).average().orElseThrow();
  }

  private static Sample sample(RunningCluster cluster, RealRedis redis, Load load, long second)
      throws IOException {
    long heap = 0;
    long threads = 0;
    for (RunningCluster.Worker worker : cluster.workers()) {
      heap += liveKilobytes(worker.pid());
      threads += threads(worker.pid());
    }
    long refused = load.taken().stream().filter(Reply::refused).count();
    return new Sample(
        second,
        load.begun(),
        refused,
        heap,
        threads,
        number(String.valueOf(redis.ask("INFO clients")), "connected_clients:"),
        Long.parseLong(String.valueOf(redis.ask("DBSIZE"))));
  }

  /** After a full collection, which the histogram of live objects asks for. */
  private static long liveKilobytes(long pid) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said =
        new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    String total =
        said.lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(said));
    return Long.parseLong(total.split("\\s+", -1)[2]) / 1024;
  }

  private static long threads(long pid) throws IOException {
    return number(Files.readString(Path.of("/proc", Long.toString(pid), "status")), "Threads:");
  }

  private static long number(String text, String label) {
    return Stream.of(text.split("\\R", -1))
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
