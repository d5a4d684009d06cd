package io.anynode.captcha.server.launch;

import java.nio.file.Path;

/** What the launcher runs once the WAR is unpacked; found as a service in {@code WEB-INF/lib}. */
public interface Program extends AutoCloseable {

  /**
   * Runs until it is done, has failed, or is closed.
   *
   * @param folder the run's own folder, owner-only and deleted at the end; the unpacked WAR is its
   *     {@value Launcher#APPLICATION}
   * @param arguments the command line
   * @return the exit status: 0 stopped, 1 failed, 2 bad usage or settings
   */
  int run(Path folder, String... arguments);

  /** Ends what runs, in order; called once, while {@link #run} may still be at work. */
  @Override
  void close();
}
