package io.anynode.captcha.server;

import java.io.PrintStream;
import java.nio.file.Path;

/** A further command of {@code java -jar captcha.war}; found as a service. */
public interface Subcommand {

  /**
   * Makes the command.
   *
   * @param folder the run's own folder; the unpacked WAR is in it
   * @param running takes what is started
   * @param out for results
   * @param err for everything else
   * @return a command of picocli's
   */
  Object create(Path folder, Running running, PrintStream out, PrintStream err);
}
