package io.anynode.captcha.bench;

import java.util.Collection;
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
 * How JMH is run, and its figures read.
 *
 * <p>Times are of all processors together, and of the best of many short iterations: what else runs
 * on a machine, and what the JIT still compiles, can only make one worse, so that this is the one
 * that can be repeated.
 */
public final class Jmh {

  private Jmh() {}

  /** Forks and iterations, and the profilers behind {@link #cpuMicros} and {@link #bytes}. */
  public static ChainedOptionsBuilder options(Run run) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .jvmArgs("-Djava.awt.headless=true", "-XX:+UseSerialGC");
    return run.quick()
        ? options
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(300))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(150))
        : options
            .forks(3)
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(20)
            .measurementTime(TimeValue.milliseconds(300));
  }

  /**
   * Runs benchmarks.
   *
   * @param name of the file with JMH's own figures, {@code jmh-<name>.json}
   */
  public static Collection<RunResult> run(Run run, String name, ChainedOptionsBuilder options)
      throws RunnerException {
    return new Runner(
            options
                .resultFormat(ResultFormatType.JSON)
                .result(run.folder().resolve("jmh-" + name + ".json").toString())
                .build())
        .run();
  }

  /** Microseconds of all processors that an operation takes. */
  public static double cpuMicros(RunResult result) {
    return figure(result, CpuProfiler.FIGURE).getMin();
  }

  /** Bytes that an operation allocates. */
  public static double bytes(RunResult result) {
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
}
