package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarInputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar target/captcha.war} as a test's part: real processes, on free ports, in a
 * temporary folder of its own.
 *
 * <pre>{@code
 * try (RunningCluster cluster = RunningCluster.with("--store", "file").start()) {
 *   client.send(HttpRequest.newBuilder(cluster.url().resolve("/login.jsp")).build(), …);
 *   cluster.kill("worker-2");
 * }
 * }</pre>
 */
public final class RunningCluster implements AutoCloseable {

  private static final Path WAR = Path.of("target", "captcha.war").toAbsolutePath();
  private static final Duration START = Duration.ofMinutes(2);

  /** Starting JVMs on a busy machine takes most of it. */
  private static final Duration FAIL = Duration.ofSeconds(20);

  private static final Duration END = Duration.ofSeconds(20);
  private static final String HEED_CTRL_C =
      """
      if env --default-signal=INT true 2>/dev/null
      then exec env --default-signal=INT "$@"
      else exec "$@"
      fi
      """;
  private static final Pattern READY = Pattern.compile("^ready (http\\S+)$", Pattern.MULTILINE);
  private static final Pattern WORKER =
      Pattern.compile("^(worker-\\d+)  (http\\S+)  pid (\\d+)", Pattern.MULTILINE);

  private final Process process;
  private final Path folder;

  private RunningCluster(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** A worker that answers: its name, its own address behind the front door, its process. */
  public record Worker(String name, URI url, long pid) {}

  /** A cluster that has ended: its exit status, and what it said. */
  public record Ended(int status, String out, String err) {}

  /** A cluster to be started with a command line; {@code --port} and the like may be absent. */
  public static Plan with(String... arguments) {
    return new Plan(List.of(arguments));
  }

  /** The version that the manifest of our own jar in the WAR tells. */
  public static String version() throws IOException {
    try (ZipFile war = new ZipFile(WAR.toFile())) {
      ZipEntry jar =
          war.stream()
              .filter(entry -> entry.getName().startsWith("WEB-INF/lib/anynode-captcha-"))
              .findFirst()
              .orElseThrow();
      try (JarInputStream content = new JarInputStream(war.getInputStream(jar))) {
        return content.getManifest().getMainAttributes().getValue("Implementation-Version");
      }
    }
  }

  /** What a cluster is started with. */
  public static final class Plan {

    private final List<String> arguments;
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();

    private Path java = Path.of(System.getProperty("java.home"));
    private boolean heedingCtrlC;

    private Plan(List<String> arguments) {
      this.arguments = arguments;
    }

    /** Adds a system property of the parent. */
    public Plan property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /** Adds a variable of the parent's environment. */
    public Plan environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Runs on another JDK, parent and workers. */
    public Plan java(Path home) {
      java = home;
      return this;
    }

    /** A build that a script started in the background has SIGINT ignored in all that it starts. */
    public Plan heedingCtrlC() {
      heedingCtrlC = true;
      return this;
    }

    /** Starts the cluster and waits until it is ready. */
    public RunningCluster start() {
      RunningCluster cluster = launch();
      try {
        await("the ready line")
            .atMost(START)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> cluster.findUrl() != null || !cluster.process.isAlive());
        assertThat(cluster.findUrl()).as(cluster.said()).isNotNull();
      } catch (RuntimeException | AssertionError e) {
        cluster.close();
        throw e;
      }
      return cluster;
    }

    /** Starts a cluster that is to end by itself, and waits for its end: seconds, not more. */
    public Ended run() {
      try (RunningCluster cluster = launch()) {
        return cluster.awaitEnd(FAIL);
      }
    }

    private RunningCluster launch() {
      assertThat(WAR).as("mvn package makes it").exists();
      try {
        Path folder = Files.createTempDirectory("cluster-test-");
        ProcessBuilder builder = new ProcessBuilder(command(folder));
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        return new RunningCluster(builder.start(), folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> command(Path folder) throws IOException {
      List<String> command = new ArrayList<>();
      if (heedingCtrlC) {
        command.addAll(List.of("sh", "-c", HEED_CTRL_C, "sh"));
      }
      command.add(java.resolve("bin").resolve("java").toString());
      command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
      properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
      command.addAll(List.of("-jar", WAR.toString()));
      command.addAll(arguments);
      for (String port : List.of("--port", "--worker-port")) {
        if (!arguments.contains(port) && !arguments.contains("--help")) {
          command.addAll(List.of(port, "0"));
        }
      }
      return command;
    }
  }

  /** The front door's address, with a slash at its end. */
  public URI url() {
    URI url = findUrl();
    if (url == null) {
      throw new IllegalStateException(said());
    }
    return url;
  }

  /** The workers, as last told of: one that was killed is another process when it is back. */
  public List<Worker> workers() {
    Map<String, Worker> latest = new LinkedHashMap<>();
    for (String said : List.of(out(), err())) {
      WORKER
          .matcher(said)
          .results()
          .map(RunningCluster::worker)
          .forEach(worker -> latest.put(worker.name(), worker));
    }
    return List.copyOf(latest.values());
  }

  /** The worker of a name. */
  public Worker worker(String name) {
    return workers().stream()
        .filter(worker -> worker.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Kills a worker as {@code kill -9} does, and waits until its process is gone. */
  public void kill(String name) {
    ProcessHandle handle = ProcessHandle.of(worker(name).pid()).orElseThrow();
    handle.destroyForcibly();
    await().atMost(END).until(() -> !handle.isAlive());
  }

  /** Ends the cluster as {@code kill} does. */
  public Ended stop() {
    process.toHandle().destroy();
    return awaitEnd(END);
  }

  /** Ends the cluster as Ctrl-C does, which sends its signal to the workers as well. */
  public Ended interrupt() throws IOException {
    String pids =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .map(handle -> Long.toString(handle.pid()))
            .collect(Collectors.joining(" "));
    Process unused = new ProcessBuilder("sh", "-c", "kill -INT " + pids).start().onExit().join();
    return awaitEnd(END);
  }

  /** Waits for the cluster's end. */
  public Ended awaitEnd(Duration atMost) {
    try {
      assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)).as(said()).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Ended(process.exitValue(), out(), err());
  }

  /** The process of the front door, parent of the workers'. */
  public Process process() {
    return process;
  }

  /** The only folder that the cluster may leave something in while it runs. */
  public Path temporaryFolder() {
    return folder.resolve("tmp");
  }

  /** What it wrote to standard output so far. */
  public String out() {
    return read("out");
  }

  /** What it wrote to standard error so far, the workers' logs among it. */
  public String err() {
    return read("err");
  }

  /** Ends the cluster, by force if need be; does nothing if it has ended. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.toHandle().destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    delete(folder);
  }

  private @Nullable URI findUrl() {
    return READY
        .matcher(out())
        .results()
        .findFirst()
        .map(found -> URI.create(found.group(1)))
        .orElse(null);
  }

  private static Worker worker(MatchResult found) {
    return new Worker(found.group(1), URI.create(found.group(2)), Long.parseLong(found.group(3)));
  }

  private String said() {
    return "out: " + out() + "\nerr: " + err();
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
