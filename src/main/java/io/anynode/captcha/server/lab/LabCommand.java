package io.anynode.captcha.server.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.StartFailure;
import io.anynode.captcha.server.WorkerOptions;
import io.anynode.captcha.server.WorkerProcess;
import io.anynode.captcha.server.launch.Launcher;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the rows that are asked for, and tells of each when it is done. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures every way of keeping a captcha, side by side: real workers, real requests.",
      "Without options, all rows, in some minutes.",
      ""
    })
final class LabCommand implements Callable<Integer> {

  /** Held, so that its level stays: a worker that is killed is no news here. */
  private static final Logger PROXY = Logger.getLogger("io.undertow");

  private static final int MOST_WORKERS = 16;

  @Option(
      names = "--rows",
      paramLabel = "<row>",
      split = ",",
      description = "Only these rows, such as 1,4a,9; a number stands for all that have it.")
  private List<String> rows = new ArrayList<>();

  @Option(
      names = "--users",
      paramLabel = "<count>",
      description =
          "How many users; a quarter of them share one address (default: ${DEFAULT-VALUE}).")
  private int users = 200;

  @Mixin private WorkerOptions options = new WorkerOptions();

  @Option(
      names = "--think",
      paramLabel = "<millis>",
      description =
          "How long a user thinks, on average, in milliseconds (default: ${DEFAULT-VALUE}).")
  private int think = 1_500;

  @Option(
      names = "--warm-up",
      paramLabel = "<millis>",
      description = "What is not counted at the beginning (default: ${DEFAULT-VALUE}).")
  private int warmUp = 1_000;

  @Option(
      names = "--window",
      paramLabel = "<millis>",
      description = "How long each repeat is under load (default: ${DEFAULT-VALUE}).")
  private int window = 1_500;

  @Option(
      names = "--repeats",
      paramLabel = "<count>",
      description =
          "How many there are: least, median and most are told (default: ${DEFAULT-VALUE}).")
  private int repeats = 3;

  @Option(
      names = "--least",
      paramLabel = "<captchas>",
      description =
          "How many captchas a repeat has at least: on a busy machine it takes longer for them"
              + " (default: ${DEFAULT-VALUE}).")
  private int least = 50;

  @Option(
      names = "--rate",
      paramLabel = "<captchas>",
      description =
          "Begins so many captchas a second, whatever they take, and counts late starts; without,"
              + " users go round in a closed loop.")
  private double rate;

  @Option(
      names = "--front",
      paramLabel = "<front>",
      description = {
        "What stands before the workers: auto, builtin, nginx or haproxy (default: auto).",
        "auto: nginx and HAProxy for the rows about them, where they are on the PATH; nginx and"
            + " haproxy: for each row that they have a way for. The table says which it was."
      })
  private Fronts front = Fronts.AUTO;

  @Option(
      names = "--store",
      paramLabel = "<url>",
      description = {
        "A Redis of your own (redis://host:6379) or a database (jdbc:postgresql://host/db?user=…);"
            + " may be given for each.",
        "Without: embedded H2, and the redis-server on the PATH."
      })
  private List<String> urls = new ArrayList<>();

  @Option(names = "--json", description = "Prints one JSON object instead of the table.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "<file>",
      description = "Writes a report with pictures, one HTML file, such as target/lab.html.")
  private @Nullable Path report;

  private final Path folder;
  private final Running running;
  private final PrintStream out;
  private final PrintStream err;

  LabCommand(Path folder, Running running, PrintStream out, PrintStream err) {
    this.folder = folder;
    this.running = running;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    PROXY.setLevel(Level.OFF);
    List<Row> chosen = checked();
    Stores stores = new Stores(folder.resolve("lab"), running, urls, options.settings());
    Lab lab =
        new Lab(
            options.workers(2, MOST_WORKERS),
            plan(),
            new Population(users),
            load(),
            front,
            folder.resolve("lab-fronts"),
            stores,
            running);
    double seconds = chosen.stream().mapToDouble(lab::likelySeconds).sum();
    Progress progress = new Progress(err, Ansi.AUTO.enabled(), seconds);
    print(Table.header());
    List<RowResult> results = new ArrayList<>();
    Map<String, Object> leftOut = new LinkedHashMap<>();
    for (Row row : chosen) {
      String whyNot = stores.whyNot(row);
      if (whyNot == null) {
        progress.now("row " + row.id() + ", " + row.way().text());
        RowResult result = lab.measure(row);
        results.add(result);
        progress.clear();
        print(Table.row(result));
      } else {
        leftOut.put(row.id(), whyNot);
        print("%-3s  left out: %s".formatted(row.id(), whyNot));
      }
      progress.done(lab.likelySeconds(row));
    }
    print("");
    print(Table.legend().stripTrailing());
    write(new Report(results, leftOut, how()));
    if (json) {
      out.println(JsonText.of(toJson(results, leftOut)));
    }
    return 0;
  }

  private void print(String line) {
    if (!json) {
      out.println(line);
      out.flush();
    }
  }

  private Map<String, Object> toJson(List<RowResult> results, Map<String, Object> leftOut) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("workers", options.workers(2, MOST_WORKERS));
    all.put("users", users);
    all.put("thinkMillis", think);
    all.put("rows", results.stream().map(RowResult::toJson).toList());
    all.put("leftOut", leftOut);
    return all;
  }

  private void write(Report made) {
    Path file = report;
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, made.html());
      print("The report is in " + file.toAbsolutePath() + ".");
    } catch (IOException e) {
      throw StartFailure.failed("The report cannot be written to " + file + ": " + e + ".", e);
    }
  }

  /** What a reader needs to know of a run, and could not guess. */
  private List<String> how() {
    return List.of(
        "%d workers a row, %d users, of whom %d share one address, %s; %d repeats of %.1f s after %.1f s of warm-up."
            .formatted(
                options.workers(2, MOST_WORKERS),
                users,
                new Population(users).atSchool(),
                rate > 0
                    ? "%.0f captchas begun a second".formatted(rate)
                    : "who think for %.1f s".formatted(think / 1e3),
                repeats,
                window / 1e3,
                warmUp / 1e3),
        "%s %s, %d processors, JDK %s, %s."
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                LocalDate.now(ZoneId.systemDefault())));
  }

  private List<Row> checked() {
    WorkerOptions.require(1 <= users && users <= 2_000, "--users must be 1 to 2000");
    WorkerOptions.require(think >= 1, "--think must be 1 or more");
    WorkerOptions.require(warmUp >= 0, "--warm-up must be 0 or more");
    WorkerOptions.require(window >= 100, "--window must be 100 or more");
    for (Balancer balancer : Balancer.values()) {
      WorkerOptions.require(
          !front.name().equals(balancer.name()) || RedisServer.isInstalled(balancer.program()),
          "--front is " + balancer.program() + ", which is not on the PATH");
    }
    WorkerOptions.require(0 <= least && least <= 100_000, "--least must be 0 to 100000");
    WorkerOptions.require(0 <= rate && rate <= 10_000, "--rate must be 0 to 10000");
    WorkerOptions.require(1 <= repeats && repeats <= 100, "--repeats must be 1 to 100");
    try {
      return rows.isEmpty() ? Row.ALL : Row.named(rows);
    } catch (IllegalArgumentException e) {
      throw StartFailure.badUsage(e.getMessage() + ".");
    }
  }

  private Load.Plan load() {
    return new Load.Plan(
        Duration.ofMillis(think),
        Duration.ofMillis(warmUp),
        Duration.ofMillis(window),
        repeats,
        least,
        rate);
  }

  /** All classes of the WAR in one class loader: the lab's worker has no application of its own. */
  private WorkerProcess.Plan plan() {
    Path libraries = folder.resolve(Launcher.APPLICATION).resolve("WEB-INF");
    String classPath =
        libraries.resolve("lib").resolve("*")
            + File.pathSeparator
            + libraries.resolve("launcher").resolve("*");
    return new WorkerProcess.Plan(
        LabWorker.class.getName(),
        classPath,
        folder.resolve(Launcher.APPLICATION),
        folder.resolve("lab-workers"),
        "/captcha",
        "SEVERE",
        options.debug(),
        options.debug() ? err : new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
  }
}
