package io.anynode.captcha.server;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One worker's process, as its parent sees it. */
public final class WorkerProcess {

  /**
   * What all workers have in common.
   *
   * @param mainClass one whose main method calls {@link Worker#run}
   * @param classPath what the worker runs on
   * @param application the unpacked WAR
   * @param work a folder in which each worker gets one
   * @param prefix where the application's endpoints are
   * @param logLevel a level of java.util.logging
   * @param showStart whether the log is shown while the worker starts, and not only after
   * @param log where the workers' logs go
   */
  public record Plan(
      String mainClass,
      String classPath,
      Path application,
      Path work,
      String prefix,
      String logLevel,
      boolean showStart,
      PrintStream log) {}

  /** The only address that workers listen on. */
  public static final String HOST = "127.0.0.1";

  /** Serves an application of this size and starts in half the time; not for benchmarks. */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Djava.awt.headless=true");

  private final String name;
  private final Process process;
  private final Log log;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final AtomicInteger silentSeconds = new AtomicInteger();

  private WorkerProcess(String name, Process process, Log log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a worker.
   *
   * @param name its name in logs and headers
   * @param port what it listens on, 0 for any
   * @param settings its {@code captcha.} settings. They go through a pipe: a command line, with the
   *     passwords in it, would be for every user of the machine to read, and names in the
   *     environment lose the difference between a dot and a dash
   * @throws IOException if no process can be started
   */
  public static WorkerProcess start(Plan plan, String name, int port, Map<String, String> settings)
      throws IOException {
    Path work = Files.createDirectories(plan.work().resolve(name));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-cp", plan.classPath(), plan.mainClass()));
    command.addAll(
        List.of(
            name,
            Integer.toString(port),
            plan.application().toString(),
            work.toString(),
            plan.prefix(),
            plan.logLevel()));
    Process process = new ProcessBuilder(command).start();
    WorkerProcess worker =
        new WorkerProcess(name, process, new Log(name, plan.log(), !plan.showStart()));
    Thread logPump = worker.pump("log", () -> worker.copyLog(process.getErrorStream()));
    Thread unused = worker.pump("out", () -> worker.listen(process.getInputStream(), logPump));
    worker.hand(settings);
    return worker;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until the worker says that it serves.
   *
   * @return its port
   * @throws StartFailure if it says why it does not, ends, or takes too long
   */
  public int awaitPort(Duration atMost) throws InterruptedException {
    try {
      return port.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw StartFailure.failed(
          name + " did not start: " + requireNonNull(e.getCause()).getMessage(), e);
    } catch (TimeoutException e) {
      throw StartFailure.failed(
          "%s did not start within %d s".formatted(name, atMost.toSeconds()), e);
    }
  }

  /** Waits up to a second for the worker's end, and tells whether it has ended. */
  boolean endsWithinASecond() throws InterruptedException {
    silentSeconds.incrementAndGet();
    return process.waitFor(1, TimeUnit.SECONDS);
  }

  /** How long it has said nothing: counted in waits, so that a suspended parent counts none. */
  int silentSeconds() {
    return silentSeconds.get();
  }

  int exitValue() {
    return process.exitValue();
  }

  /** Asks it to end in order. Not {@code Process.destroy}, which closes the pipe: that halts it. */
  public void stop() {
    process.toHandle().destroy();
  }

  /** Waits for its end, and forces it when it takes too long. */
  public void awaitEndOrKill(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      process.waitFor();
    }
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  private void hand(Map<String, String> settings) {
    try {
      // Never closed: the worker takes the end of this stream for the end of its parent.
      DataOutputStream out = new DataOutputStream(process.getOutputStream());
      out.writeInt(settings.size());
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        out.writeUTF(setting.getKey());
        out.writeUTF(setting.getValue());
      }
      out.flush();
    } catch (IOException e) {
      // It has ended already: listen() tells why.
    }
  }

  private Thread pump(String what, Runnable work) {
    Thread thread = new Thread(work, name + "-" + what);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void listen(InputStream stream, Thread logPump) {
    try (BufferedReader in = reader(stream)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        silentSeconds.set(0);
        if (line.startsWith(Worker.READY)) {
          log.release();
          port.complete(Integer.valueOf(line.substring(Worker.READY.length())));
        } else if (line.startsWith(Worker.FAILED)) {
          fail(line.substring(Worker.FAILED.length()));
        }
      }
    } catch (IOException e) {
      // The pipe of a process that was killed.
    }
    try {
      logPump.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    fail("its process ended (" + log.firstLine() + ")");
  }

  private void fail(String why) {
    port.completeExceptionally(new IOException(why));
  }

  private void copyLog(InputStream stream) {
    try (BufferedReader in = reader(stream)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        log.take(line);
      }
    } catch (IOException e) {
      // The pipe of a process that was killed.
    }
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** A worker's log: held back while it starts, so that a failure is told in one line. */
  private static final class Log {

    private static final int MOST_HELD = 500;

    private final String name;
    private final PrintStream out;
    private final List<String> held = new ArrayList<>();
    private boolean holding;

    Log(String name, PrintStream out, boolean holding) {
      this.name = name;
      this.out = out;
      this.holding = holding;
    }

    synchronized void take(String line) {
      if (!holding) {
        out.println(name + " | " + line);
      } else if (held.size() < MOST_HELD) {
        held.add(line);
      }
    }

    synchronized void release() {
      holding = false;
      held.forEach(this::take);
      held.clear();
    }

    synchronized String firstLine() {
      return held.isEmpty() ? "with nothing in its log" : held.get(0);
    }
  }
}
