package io.anynode.captcha.bench;

import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What a request pays that is not guarded. */
final class Unguarded implements Part {

  @Override
  public String name() {
    return "unguarded";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws RunnerException {
    Map<String, RunResult> results = new HashMap<>();
    for (RunResult result :
        Jmh.run(run, "unguarded", Jmh.options(run).include("\\.UnguardedBenchmark\\."))) {
      results.put(result.getPrimaryResult().getLabel(), result);
    }
    RunResult filtered = results.get("filtered");
    RunResult alone = results.get("alone");
    if (filtered == null || alone == null) {
      throw new IllegalStateException("no figure; see above");
    }
    Sheet.Rows rows =
        sheet.table(
            "What a request pays that is not guarded, by a visitor without a session",
            "request",
            "µs of CPU",
            "bytes allocated");
    rows.row("through the filters", Jmh.cpuMicros(filtered), Jmh.bytes(filtered));
    rows.row("the page alone", Jmh.cpuMicros(alone), Jmh.bytes(alone));
    sheet.timeAtMost(
        "unguarded request, µs of CPU", 2, Jmh.cpuMicros(filtered) - Jmh.cpuMicros(alone));
    sheet.atMost(
        "unguarded request, bytes allocated", 1_000, Jmh.bytes(filtered) - Jmh.bytes(alone));
  }
}
