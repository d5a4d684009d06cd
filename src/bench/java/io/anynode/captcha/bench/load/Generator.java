package io.anynode.captcha.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The main class of the load generator. It reads a {@link Load} as a line of JSON, says {@value
 * #BEGIN} when it begins to count and {@value #END} when it ends, and then writes what it {@link
 * Measured}; until its input ends.
 */
public final class Generator {

  /** It counts from now on. */
  public static final String BEGIN = "begin";

  /** It counts no more. */
  public static final String END = "end";

  /** What was measured follows. */
  public static final String MEASURED = "measured ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  private Generator(PrintStream out) {
    this.out = out;
  }

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Generator generator = new Generator(System.out);
    // Hyperfoil's log is not for who reads our answers.
    System.setOut(System.err);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        generator.run(JSON.readValue(line, Load.class));
      }
    }
    System.exit(0);
  }

  private void run(Load load) throws IOException, InterruptedException {
    Visits visits = new Visits(load);
    Benchmark benchmark = Rounds.of(load, visits);
    AtomicLong unanswered = new AtomicLong();
    LocalSimulationRunner runner =
        new LocalSimulationRunner(
            benchmark,
            (phase, step, metric, found, done) ->
                unanswered.addAndGet(
                    found.connectionErrors + found.requestTimeouts + found.internalErrors),
            null,
            null);
    Thread counting = new Thread(() -> count(load, visits), "counting");
    counting.start();
    runner.run();
    counting.join();
    out.println(MEASURED + JSON.writeValueAsString(visits.measured(unanswered.get())));
  }

  private void count(Load load, Visits visits) {
    try {
      TimeUnit.SECONDS.sleep(load.warmUpSeconds());
      out.println(BEGIN);
      visits.begin();
      TimeUnit.SECONDS.sleep(load.seconds());
      visits.end();
      out.println(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
