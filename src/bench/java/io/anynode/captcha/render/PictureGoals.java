package io.anynode.captcha.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks of pictures and prints each goal beside its figure: {@code <folder>} for what
 * JMH writes and for the tables. Ends with status 1 if a goal is missed.
 *
 * <p>Times are of all processors together, and of the best of many short iterations: what else runs
 * on a machine, and what the JIT still compiles, can only make one worse, so that this is the one
 * that can be repeated.
 */
final class PictureGoals {

  private static final int SAMPLES = 1000;

  private final Path folder;
  private final boolean quick;
  private final List<String> lines = new ArrayList<>();
  private boolean missed;

  private PictureGoals(Path folder, boolean quick) {
    this.folder = folder;
    this.quick = quick;
  }

  public static void main(String[] arguments) throws IOException, RunnerException {
    String quick = System.getProperty("quick", "");
    PictureGoals goals =
        new PictureGoals(
            Files.createDirectories(Path.of(arguments[0])),
            !quick.isEmpty() && !quick.equals("false"));
    goals.run();
    System.exit(goals.missed ? 1 : 0);
  }

  private void run() throws IOException, RunnerException {
    Map<String, RunResult> one = new HashMap<>();
    for (RunResult result :
        run("pictures", options().include("\\.(Picture|Encoder)Benchmark\\."))) {
      one.put(name(result), result);
    }
    RunResult two =
        run(
                "pictures-2-threads",
                options().include("\\.PictureBenchmark\\.whole").param("drawer", "OURS").threads(2))
            .iterator()
            .next();

    lines.add(
        "| whole picture, 200×50, 5 characters | µs of CPU | of ours | kB allocated | bytes out |");
    lines.add("|---|---|---|---|---|");
    double ours = time(of(one, "OURS"));
    for (Drawers drawer : Drawers.values()) {
      RunResult result = of(one, drawer.name());
      lines.add(
          row(drawer.name().toLowerCase(Locale.ROOT), result, ours)
              + " %,d |".formatted(bytes(drawer)));
    }
    lines.add(row("the limit, by hand", of(one, "limit"), ours) + " |");
    lines.add("");
    lines.add("| writing the file | µs of CPU | of ours | kB allocated |");
    lines.add("|---|---|---|---|");
    for (String encoder : List.of("ours", "pngencoder", "pngj", "imageIo")) {
      lines.add(row(encoder, of(one, encoder), time(of(one, "ours"))));
    }
    lines.add("");
    lines.add("| goal | asked | found | |");
    lines.add("|---|---|---|---|");
    atMost("time, in stock simplecaptcha's", ours / time(of(one, "SIMPLECAPTCHA")), 1 / 20.0);
    atMost("time, in hutool circle's", ours / time(of(one, "HUTOOL_CIRCLE")), 1 / 4.0);
    atMost("time, in the hand-written limit's", ours / time(of(one, "limit")), 2.2);
    atMost("kB allocated", allocated(of(one, "OURS")) / 1000, 90);
    atMost("kB out", bytes(Drawers.OURS) / 1000.0, 2);
    // By the cost on all processors; there is no lock that one thread could wait for.
    atLeast("two threads' rate, in one's", 2 * ours / time(two), 1.8);
    double next =
        Math.min(
            time(of(one, "imageIo")), Math.min(time(of(one, "pngencoder")), time(of(one, "pngj"))));
    atLeast("the next encoder's time, in ours", next / time(of(one, "ours")), 2);
    lines.forEach(System.out::println);
    Files.write(folder.resolve("pictures.md"), lines);
  }

  private ChainedOptionsBuilder options() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .jvmArgs("-Djava.awt.headless=true", "-XX:+UseSerialGC");
    return quick
        ? options
            .forks(1)
            .warmupIterations(6)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(12)
            .measurementTime(TimeValue.milliseconds(300))
        : options
            .forks(3)
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(20)
            .measurementTime(TimeValue.milliseconds(300));
  }

  private Collection<RunResult> run(String name, ChainedOptionsBuilder options)
      throws RunnerException {
    return new Runner(
            options
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve(name + ".json").toString())
                .build())
        .run();
  }

  private static RunResult of(Map<String, RunResult> results, String name) {
    RunResult result = results.get(name);
    if (result == null) {
      throw new IllegalStateException("no figure of " + name + "; see above");
    }
    return result;
  }

  private static String name(RunResult result) {
    String drawer = result.getParams().getParam("drawer");
    return drawer == null ? result.getPrimaryResult().getLabel() : drawer;
  }

  private static double time(RunResult result) {
    return figure(result, CpuProfiler.FIGURE).getMin();
  }

  private static double allocated(RunResult result) {
    return figure(result, "gc.alloc.rate.norm").getMean();
  }

  private static Statistics figure(RunResult result, String name) {
    return result.getSecondaryResults().entrySet().stream()
        .filter(found -> found.getKey().endsWith(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no figure " + name))
        .getValue()
        .getStatistics();
  }

  private static long bytes(Drawers drawer) throws IOException {
    Drawers.Drawer drawing = drawer.drawer();
    long sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += drawing.draw().file().length;
    }
    return sum / SAMPLES;
  }

  private static String row(String name, RunResult result, double ours) {
    return "| %s | %,.0f | %.1f | %.1f |"
        .formatted(name, time(result), time(result) / ours, allocated(result) / 1000);
  }

  private void atMost(String what, double found, double asked) {
    goal(what, "≤ ", found, asked, found <= asked);
  }

  private void atLeast(String what, double found, double asked) {
    goal(what, "≥ ", found, asked, found >= asked);
  }

  private void goal(String what, String how, double found, double asked, boolean met) {
    missed |= !met;
    lines.add(
        "| %s | %s%.4g | %.4g | %s |".formatted(what, how, asked, found, met ? "" : "missed"));
  }
}
