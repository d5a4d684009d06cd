package io.anynode.captcha.render;

import io.anynode.captcha.bench.Jmh;
import io.anynode.captcha.bench.Part;
import io.anynode.captcha.bench.Run;
import io.anynode.captcha.bench.Sheet;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What a picture costs, beside the peers' and beside a limit that is written by hand. */
public final class PictureGoals implements Part {

  private static final int SAMPLES = 1000;

  @Override
  public String name() {
    return "pictures";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws IOException, RunnerException {
    Map<String, RunResult> one = new HashMap<>();
    for (RunResult result :
        Jmh.run(run, "pictures", Jmh.options(run).include("\\.(Picture|Encoder)Benchmark\\."))) {
      one.put(name(result), result);
    }
    RunResult two =
        Jmh.run(
                run,
                "pictures-2-threads",
                Jmh.options(run)
                    .include("\\.PictureBenchmark\\.whole")
                    .param("drawer", "OURS")
                    .threads(2))
            .iterator()
            .next();
    double ours = Jmh.cpuMicros(of(one, "OURS"));
    pictures(sheet, one, ours);
    encoders(sheet, one);
    sheet.atMost(
        "picture's time, in stock simplecaptcha's",
        1 / 20.0,
        ours / Jmh.cpuMicros(of(one, "SIMPLECAPTCHA")));
    sheet.atMost(
        "picture's time, in hutool circle's",
        1 / 4.0,
        ours / Jmh.cpuMicros(of(one, "HUTOOL_CIRCLE")));
    sheet.atMost(
        "picture's time, in the hand-written limit's",
        2.2,
        ours / Jmh.cpuMicros(of(one, "limit")));
    sheet.atMost("picture, kB allocated", 90, Jmh.bytes(of(one, "OURS")) / 1000);
    sheet.atMost("picture, kB out", 2, bytes(Drawers.OURS) / 1000.0);
    // By the cost on all processors; there is no lock that one thread could wait for.
    sheet.atLeast("pictures: two threads' rate, in one's", 1.8, 2 * ours / Jmh.cpuMicros(two));
    double next =
        List.of("imageIo", "pngencoder", "pngj").stream()
            .mapToDouble(encoder -> Jmh.cpuMicros(of(one, encoder)))
            .min()
            .orElseThrow();
    sheet.atLeast("the next encoder's time, in ours", 2, next / Jmh.cpuMicros(of(one, "ours")));
  }

  private static void pictures(Sheet sheet, Map<String, RunResult> one, double ours)
      throws IOException {
    Sheet.Rows rows =
        sheet.table(
            "What a picture costs",
            "whole picture, 200×50, 5 characters",
            "µs of CPU",
            "of ours",
            "kB allocated",
            "bytes out");
    Map<String, Double> micros = new LinkedHashMap<>();
    for (Drawers drawer : Drawers.values()) {
      micros.put(
          drawer.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          Jmh.cpuMicros(of(one, drawer.name())));
      RunResult result = of(one, drawer.name());
      rows.row(
          drawer.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          Jmh.cpuMicros(result),
          Jmh.cpuMicros(result) / ours,
          Jmh.bytes(result) / 1000,
          bytes(drawer));
    }
    sheet.bars("µs of CPU, a whole picture", micros);
    RunResult limit = of(one, "limit");
    rows.row(
        "the limit, by hand",
        Jmh.cpuMicros(limit),
        Jmh.cpuMicros(limit) / ours,
        Jmh.bytes(limit) / 1000,
        "");
  }

  private static void encoders(Sheet sheet, Map<String, RunResult> one) {
    Sheet.Rows rows =
        sheet.table(
            "What writing its file costs",
            "writing the file",
            "µs of CPU",
            "of ours",
            "kB allocated");
    double ours = Jmh.cpuMicros(of(one, "ours"));
    for (String encoder : List.of("ours", "pngencoder", "pngj", "imageIo")) {
      RunResult result = of(one, encoder);
      rows.row(
          encoder, Jmh.cpuMicros(result), Jmh.cpuMicros(result) / ours, Jmh.bytes(result) / 1000);
    }
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

  private static long bytes(Drawers drawer) throws IOException {
    Drawers.Drawer drawing = drawer.drawer();
    long sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += drawing.draw().file().length;
    }
    return sum / SAMPLES;
  }
}
