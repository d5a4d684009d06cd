package io.anynode.captcha.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.bench.load.Generator;
import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Measured;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The process that asks the nodes: Hyperfoil, on a class path of its own. One process for all loads
 * of a run, so that the JIT has compiled it when figures count. For one thread.
 */
public final class LoadGenerator implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  private LoadGenerator(Process process) {
    this.process = process;
    this.in = process.inputReader();
    this.out = process.outputWriter();
  }

  /**
   * Starts it.
   *
   * @param libraries the folder that holds Hyperfoil and what it needs
   * @param log where its log goes
   */
  public static LoadGenerator start(Path libraries, Path log) throws IOException {
    String own =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith("test-classes") || entry.contains("jspecify"))
            .reduce((one, other) -> one + File.pathSeparator + other)
            .orElseThrow();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                own + File.pathSeparator + libraries + "/*",
                Generator.class.getName())
            .redirectError(log.toFile())
            .start();
    return new LoadGenerator(process);
  }

  /** What is done when the seconds that count begin and when they end: reading other figures. */
  public interface Window {

    /** They begin. */
    void begin() throws IOException;

    /** They end. */
    void end() throws IOException;
  }

  /**
   * Runs a load.
   *
   * @throws IOException if the generator fails, or any round did: figures of failures say nothing
   */
  public Measured run(Load load, Window window) throws IOException {
    Measured measured = answer(load, window);
    if (measured.failures() > 0 || measured.rounds() == 0) {
      throw new IOException("not all rounds ended well: " + measured);
    }
    return measured;
  }

  /** Runs a load whose rounds do not count, and may fail. */
  void warm(Load load, Window window) throws IOException {
    Measured unused = answer(load, window);
  }

  private Measured answer(Load load, Window window) throws IOException {
    out.write(JSON.writeValueAsString(load));
    out.newLine();
    out.flush();
    try {
      expect(Generator.BEGIN);
      window.begin();
      expect(Generator.END);
      window.end();
    } catch (IOException | RuntimeException e) {
      // What it still says of this load is not to be taken for the next one's.
      String line = in.readLine();
      while (line != null && !line.startsWith(Generator.MEASURED)) {
        line = in.readLine();
      }
      throw e;
    }
    return JSON.readValue(expect(Generator.MEASURED), Measured.class);
  }

  /** Its process, for {@link CpuTime}. */
  public long pid() {
    return process.pid();
  }

  private String expect(String beginning) throws IOException {
    String line = in.readLine();
    if (line == null || !line.startsWith(beginning)) {
      throw new IOException("the load generator said " + line + "; see its log");
    }
    return line.substring(beginning.length());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
