package io.anynode.captcha.server;

import io.anynode.captcha.server.launch.Launcher;
import io.anynode.captcha.server.launch.Program;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The commands of {@code java -jar captcha.war}; without a command's name, it is the cluster. */
@Command(
    name = "java -jar captcha.war",
    description = "A captcha issued by one Tomcat is checked by any other.")
public final class Commands implements Program, IVersionProvider {

  private static final String DEFAULT = "cluster";

  private final Running running = new Running();

  /** For the service loader. */
  public Commands() {}

  @Override
  public int run(Path folder, String... arguments) {
    PrintStream err = System.err;
    ClusterCommand cluster =
        new ClusterCommand(folder, folder.resolve(Launcher.APPLICATION), running, System.out, err);
    CommandLine line = new CommandLine(this).addSubcommand(cluster);
    ServiceLoader.load(Subcommand.class, Commands.class.getClassLoader())
        .forEach(more -> line.addSubcommand(more.create(folder, running, System.out, err)));
    line.setUsageHelpWidth(100);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> tell(thrown, cluster.debug(), err));
    Logger.getLogger("").setLevel(Level.WARNING);
    return line.execute(withCommand(arguments));
  }

  @Override
  public void close() {
    running.close();
  }

  @Override
  public String[] getVersion() {
    String version = Commands.class.getPackage().getImplementationVersion();
    return new String[] {"Anynode Captcha " + (version != null ? version : "(development)")};
  }

  private static String[] withCommand(String... arguments) {
    if (arguments.length > 0 && !arguments[0].startsWith("-")) {
      return arguments;
    }
    String[] all = new String[arguments.length + 1];
    all[0] = DEFAULT;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  private int tell(Exception thrown, boolean debug, PrintStream err) {
    if (running.isEnding() || thrown instanceof CancellationException) {
      return 0;
    }
    if (debug) {
      thrown.printStackTrace(err);
    }
    if (thrown instanceof StartFailure failure) {
      err.println(failure.getMessage());
      return failure.status();
    }
    err.println("It failed: " + thrown + (debug ? "" : " (--debug shows more)"));
    return StartFailure.FAILED;
  }
}
