package io.anynode.captcha.fire;

import io.anynode.captcha.server.RunningCluster;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A scene of parts, put together where the row is. */
record OneScene(
    String store,
    Map<String, String> settings,
    Act fault,
    Act end,
    Callable<String> said,
    List<? extends AutoCloseable> parts)
    implements Scene {

  /** What is done to a cluster, or beside it. */
  interface Act {
    void to(RunningCluster cluster) throws Exception;
  }

  static OneScene of(
      String store, Map<String, String> settings, Act fault, Act end, AutoCloseable... parts) {
    return new OneScene(store, settings, fault, end, () -> "", List.of(parts));
  }

  OneScene saying(Callable<String> evidence) {
    return new OneScene(store, settings, fault, end, evidence, parts);
  }

  @Override
  public void strike(RunningCluster cluster) throws Exception {
    fault.to(cluster);
  }

  @Override
  public void mend(RunningCluster cluster) throws Exception {
    end.to(cluster);
  }

  @Override
  public String evidence() throws Exception {
    return said.call();
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
