package io.anynode.captcha.bench;

import java.io.IOException;
import java.util.List;

/** Where a contestant keeps its sessions, as far as it is outside of the nodes. */
interface Store extends AutoCloseable {

  /** Its processes, for {@link CpuTime}; empty if it has none of its own. */
  List<Long> pids();

  /**
   * What is kept, indexes included, in bytes.
   *
   * @param nodes which keep it themselves if there is no store
   */
  long bytes(Nodes nodes) throws IOException;

  /** How many round trips an action has the nodes make to it. */
  long trips(Runnable action);

  @Override
  void close();
}
