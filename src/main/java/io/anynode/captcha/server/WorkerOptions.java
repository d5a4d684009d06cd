package io.anynode.captcha.server;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options of all commands that start workers. */
public final class WorkerOptions {

  @Option(
      names = "--workers",
      paramLabel = "<count>",
      description =
          "How many workers: 1 to 64, or in the lab 2 to 16 for each row (default:"
              + " ${DEFAULT-VALUE}).")
  private int workers = 4;

  @Option(
      names = "-D",
      paramLabel = "captcha.<key>=<value>",
      description = "A setting, as if given to java before -jar.")
  private Map<String, String> given = new TreeMap<>();

  @Option(
      names = {"-v", "--debug"},
      description = "Shows more of the workers' logs, and a failure's stack trace.")
  private boolean debug;

  /** For picocli, which sets the fields. */
  public WorkerOptions() {}

  /**
   * How many workers there are to be.
   *
   * @throws StartFailure if they are fewer or more than these
   */
  public int workers(int least, int most) {
    require(least <= workers && workers <= most, "--workers must be " + least + " to " + most);
    return workers;
  }

  /**
   * The settings.
   *
   * @throws StartFailure if one is not the captcha's
   */
  public Map<String, String> settings() {
    given
        .keySet()
        .forEach(key -> require(key.startsWith("captcha."), "-D must name a captcha. setting"));
    return Map.copyOf(given);
  }

  /** Whether more is to be shown. */
  public boolean debug() {
    return debug;
  }

  /**
   * Holds a rule about an option.
   *
   * @param rule without a full stop
   * @throws StartFailure if it does not hold
   */
  public static void require(boolean condition, String rule) {
    if (!condition) {
      throw StartFailure.badUsage(rule + ". --help tells all options.");
    }
  }
}
