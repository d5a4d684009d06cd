package io.anynode.captcha.fire;

import io.anynode.captcha.server.RunningCluster;
import java.util.Map;

/** What a cluster stands on in one row of the table, and what befalls it. */
interface Scene extends AutoCloseable {

  /** {@code redis}, {@code jdbc} or {@code file}. */
  String store();

  /** Where the store is, and what else the workers need to know. */
  Map<String, String> settings();

  /** What else the cluster is started with. */
  default RunningCluster.Plan plan(RunningCluster.Plan plan) {
    return plan;
  }

  /** Begins the fault; when it returns, the store is at fault. */
  void strike(RunningCluster cluster) throws Exception;

  /** Ends the fault; when it returns, the store answers again. */
  void mend(RunningCluster cluster) throws Exception;

  /** What the server itself says of the fault, to show that it took place; empty if nothing. */
  default String evidence() throws Exception {
    return "";
  }

  @Override
  void close();
}
