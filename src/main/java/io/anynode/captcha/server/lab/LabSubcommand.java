package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.Subcommand;
import java.io.PrintStream;
import java.nio.file.Path;

/** Brings the lab to the command line. */
public final class LabSubcommand implements Subcommand {

  /** For the service loader. */
  public LabSubcommand() {}

  @Override
  public Object create(Path folder, Running running, PrintStream out, PrintStream err) {
    return new LabCommand(folder, running, out, err);
  }
}
