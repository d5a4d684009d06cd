package io.anynode.captcha.fire;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RealRedisCluster;
import java.util.List;

/** Moves slots of a Redis Cluster from its first node to its second, as {@code redis-cli} does. */
final class Reshard {

  private static final int STEP = 500;

  private Reshard() {}

  /** Moves slots, each batch first half way: a client that comes then is told to ask elsewhere. */
  static void move(RealRedisCluster cluster, int slots) throws InterruptedException {
    List<RealRedis> nodes = cluster.nodes();
    RealRedis from = nodes.get(0);
    RealRedis to = nodes.get(1);
    String source = String.valueOf(from.ask("CLUSTER MYID"));
    String target = String.valueOf(to.ask("CLUSTER MYID"));
    for (int first = 0; first < slots; first += STEP) {
      for (int slot = first; slot < first + STEP; slot++) {
        ok(to.ask("CLUSTER SETSLOT " + slot + " IMPORTING " + source));
        ok(from.ask("CLUSTER SETSLOT " + slot + " MIGRATING " + target));
        keys(from, to, slot);
      }
      Thread.sleep(1_000); // half way, under load
      for (int slot = first; slot < first + STEP; slot++) {
        keys(from, to, slot);
        for (RealRedis node : List.of(to, from, nodes.get(2))) {
          ok(node.ask("CLUSTER SETSLOT " + slot + " NODE " + target));
        }
      }
    }
  }

  private static void keys(RealRedis from, RealRedis to, int slot) {
    String keys = String.valueOf(from.ask("CLUSTER GETKEYSINSLOT " + slot + " 1000"));
    if (!keys.isEmpty()) {
      String unused = from.ask("MIGRATE 127.0.0.1 " + to.port() + " \"\" 0 5000 KEYS " + keys);
    }
  }

  private static void ok(@org.jspecify.annotations.Nullable String answer) {
    if (!"OK".equals(answer)) {
      throw new AssertionError(answer);
    }
  }
}
