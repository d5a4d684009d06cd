package io.anynode.captcha.render;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole picture, from nothing to the bytes that are sent. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PictureBenchmark {

  /** Who draws. */
  @State(Scope.Benchmark)
  public static class Who {

    /** A name in {@link Drawers}. */
    @Param({
      "OURS",
      "EASY",
      "HARD",
      "SIMPLECAPTCHA",
      "KAPTCHA",
      "EASYCAPTCHA",
      "HUTOOL_LINE",
      "HUTOOL_SHEAR",
      "HUTOOL_CIRCLE"
    })
    public String drawer = "OURS";

    Drawers.Drawer drawing = () -> new Drawers.Drawn("", new byte[0]);

    /** Makes the drawer ready. */
    @Setup
    public void ready() {
      drawing = Drawers.valueOf(drawer).drawer();
    }
  }

  /** The limit's buffers, one set for each thread. */
  @State(Scope.Thread)
  public static class Reused {
    final Limit limit = new Limit(Drawers.WIDTH, Drawers.HEIGHT);
  }

  /** Ours or a peer's, as its users get it. */
  @Benchmark
  public byte[] whole(Who who) throws IOException {
    return who.drawing.draw().file();
  }

  /** As little as such a picture can cost. */
  @Benchmark
  public int limit(Reused reused) {
    return reused.limit.draw(ThreadLocalRandom.current().nextLong());
  }
}
