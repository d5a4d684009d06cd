package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What comes before anything counts: nodes are under load until the JIT has compiled them. */
interface WarmUp {

  /** Puts nodes under load, and returns when they are warm. */
  Warm run(LoadGenerator generator, Nodes nodes, Load.Target target) throws IOException;

  /**
   * How warm nodes are.
   *
   * @param seconds how long it took
   * @param compilers what the JIT's compilers still took at its end, of all processors' time: 0 to 1
   */
  record Warm(double seconds, double compilers) {

    private static final double QUIET = 0.03;

    /** Whether the compilers had next to nothing left to do. */
    boolean isQuiet() {
      return compilers < QUIET;
    }
  }

  /** As many visitors at a time for so many seconds, whatever is compiled by then. */
  static WarmUp of(int users, int seconds) {
    return (generator, nodes, target) -> slice(generator, nodes, target, users, seconds);
  }

  /**
   * Slices of load until the compilers are quiet in two of them, one after the other; for 30 seconds
   * at least, and for three minutes at most. While they are not, only a third of the visitors come:
   * on a machine that is fully taken by its nodes, compilers wait for a processor like everyone
   * else, and are not through after minutes. The slice that ends it has all visitors.
   */
  static WarmUp untilQuiet(int users) {
    return (generator, nodes, target) -> {
      double seconds = 0;
      Warm last;
      int quiet = 0;
      do {
        last = slice(generator, nodes, target, quiet == 0 ? users / 3 : users, 8);
        seconds += last.seconds();
        quiet = last.isQuiet() ? quiet + 1 : 0;
      } while (seconds < 30 || (quiet < 2 && seconds < 180));
      return new Warm(seconds, last.compilers());
    };
  }

  private static Warm slice(
      LoadGenerator generator, Nodes nodes, Load.Target target, int users, int seconds)
      throws IOException {
    long begun = System.nanoTime();
    // The generator's own are compilers as well, and it is cold when the first nodes are.
    Compilers compilers =
        new Compilers(
            Stream.concat(nodes.pids().stream(), Stream.of(generator.pid())).toList());
    generator.warm(Load.closed(target, users, 1, seconds), compilers);
    return new Warm((System.nanoTime() - begun) / 1e9, compilers.share());
  }

  /** What compilers take of all processors' time. */
  final class Compilers implements LoadGenerator.Window {

    private final List<Long> pids;
    private long micros;
    private long nanos;

    Compilers(List<Long> pids) {
      this.pids = pids;
    }

    @Override
    public void begin() throws IOException {
      micros = -CpuTime.compilerMicros(pids);
      nanos = -System.nanoTime();
    }

    @Override
    public void end() throws IOException {
      micros += CpuTime.compilerMicros(pids);
      nanos += System.nanoTime();
    }

    double share() {
      return micros * 1e3 / nanos / Runtime.getRuntime().availableProcessors();
    }
  }
}
