package io.anynode.captcha.server;

import io.anynode.captcha.settings.Settings;
import java.io.File;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the cluster, in this order: checks, the store, the workers, the front door. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Commands.class,
    description = {
      "Runs Tomcat workers, each a process of its own, behind a round-robin front door.",
      ""
    },
    footer = {
      "",
      "Settings, all in conf/captcha.properties with their meaning, reach every worker:",
      "  java -Dcaptcha.session.timeout=10m -jar captcha.war",
      "  CAPTCHA_SESSION_TIMEOUT=10m java -jar captcha.war",
      "Passwords are better given in the environment: any user can read a command line.",
      "",
      "Ctrl-C ends everything. Exit status: 0 stopped, 1 failed, 2 bad usage or settings."
    })
final class ClusterCommand implements Callable<Integer> {

  private static final int MOST_WORKERS = 64;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      description = "The front door's port; 0 for any (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "<address>",
      description =
          "The front door's address; 0.0.0.0 lets other machines in (default: ${DEFAULT-VALUE}).")
  private String host = WorkerProcess.HOST;

  @Option(
      names = "--worker-port",
      paramLabel = "<port>",
      description =
          "The first worker's port on 127.0.0.1, the others' follow; 0 for any"
              + " (default: ${DEFAULT-VALUE}).")
  private int workerPort = 9527;

  @Mixin private WorkerOptions options = new WorkerOptions();

  @Option(
      names = "--store",
      paramLabel = "<store>",
      description = {
        "Where the workers share sessions: jdbc, redis, file or memory, the same as"
            + " captcha.session.store (default: jdbc).",
        "jdbc: captcha.session.jdbc.url; without one, an H2 file that this process serves.",
        "redis: captcha.session.redis.uri, by default redis://localhost:6379.",
        "file: captcha.session.file.dir; without one, a folder of this run.",
        "memory: for one worker."
      })
  private @Nullable String store;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description =
          "Keeps the H2 file, or the file store's folder, here for the next run. Without it, both"
              + " are in the temporary folder and are deleted at the end.")
  private @Nullable Path data;

  private final Path folder;
  private final Path application;
  private final Running running;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A command that has not been parsed yet.
   *
   * @param folder the run's own folder
   * @param application the unpacked WAR
   * @param running takes what is started
   */
  ClusterCommand(Path folder, Path application, Running running, PrintStream out, PrintStream err) {
    this.folder = folder;
    this.application = application;
    this.running = running;
    this.out = out;
    this.err = err;
  }

  boolean debug() {
    return options.debug();
  }

  @Override
  public Integer call() throws InterruptedException, URISyntaxException, UnknownHostException {
    int workers = options.workers(1, MOST_WORKERS);
    checkOptions(workers);
    InetAddress address = address();
    ClusterSettings cluster = new ClusterSettings(application, options.settings());
    if (store != null) {
      cluster.put(ClusterSettings.STORE, store);
    }
    StoreSupply supply = new StoreSupply(data != null ? data : folder.resolve("data"), running);
    supply.folderIfNeeded(cluster);
    Settings settings = Preflight.settings(cluster, workers);
    checkPorts(address, workers);
    supply.databaseIfNeeded(settings.session(), cluster);
    Preflight.store(cluster.read().session(), folder);

    out.printf(
        "Starting %d workers on store %s.%n",
        workers, settings.session().store().name().toLowerCase(Locale.ROOT));
    FrontDoor door = new FrontDoor(address, port);
    running
        .add(Workers.start(workers, workerPort, plan(settings), cluster, door, err))
        .awaitFirstStart(out::println);
    String url = "http://%s:%d/".formatted(name(address), running.add(door).open());
    out.printf("Log in at %slogin.jsp as demo, password demo. Ctrl-C ends it.%n", url);
    out.printf("ready %s%n", url);
    out.flush();
    running.awaitEnd();
    return 0;
  }

  private void checkOptions(int workers) {
    WorkerOptions.require(0 <= port && port <= 65_535, "--port must be 0 to 65535");
    WorkerOptions.require(
        0 <= workerPort && workerPort + workers <= 65_536,
        "--worker-port must be 0 to 65535, with room for every worker's");
    WorkerOptions.require(
        port == 0 || workerPort == 0 || port < workerPort || port >= workerPort + workers,
        "--port must not be one of the workers' ports, %d to %d"
            .formatted(workerPort, workerPort + workers - 1));
  }

  private void checkPorts(InetAddress address, int workers) throws UnknownHostException {
    Preflight.port(address, port, "front door", "--port");
    InetAddress own = InetAddress.getAllByName(WorkerProcess.HOST)[0];
    for (int i = 0; i < workers && workerPort > 0; i++) {
      Preflight.port(own, workerPort + i, Workers.name(i), "--worker-port");
    }
  }

  private InetAddress address() {
    try {
      return InetAddress.getAllByName(host)[0];
    } catch (UnknownHostException e) {
      throw StartFailure.badUsage("--host is '" + host + "', which is no address of this machine.");
    }
  }

  private WorkerProcess.Plan plan(Settings settings) throws URISyntaxException {
    // Our own jar, and Tomcat; the application's libraries stay in its own class loader.
    Path own =
        Path.of(ClusterCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String classPath =
        own + File.pathSeparator + application.resolve("WEB-INF/launcher").resolve("*");
    return new WorkerProcess.Plan(
        Worker.class.getName(),
        classPath,
        application,
        folder.resolve("workers"),
        settings.web().prefix(),
        options.debug() ? "INFO" : "WARNING",
        options.debug(),
        err);
  }

  private static String name(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
      return "localhost";
    }
    String literal = address.getHostAddress();
    return literal.contains(":") ? "[" + literal + "]" : literal;
  }
}
