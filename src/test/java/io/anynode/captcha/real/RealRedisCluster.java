package io.anynode.captcha.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A real Redis Cluster of three masters, each with a third of the slots. */
public final class RealRedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;

  private final List<RealRedis> nodes = new ArrayList<>();
  private final List<RealRedis> others = new ArrayList<>();

  private RealRedisCluster() {}

  /** Starts one, and waits until each node says that all is well. */
  public static RealRedisCluster start() {
    RealRedisCluster cluster = new RealRedisCluster();
    for (int i = 0; i < 3; i++) {
      int bus = RealRedis.freePort();
      RealRedis node = node(bus);
      cluster.nodes.add(node);
      int first = SLOTS * i / 3;
      int last = SLOTS * (i + 1) / 3 - 1;
      String added = node.ask("CLUSTER ADDSLOTSRANGE " + first + " " + last);
      String epoch = node.ask("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
      String met = cluster.nodes.get(0).ask("CLUSTER MEET 127.0.0.1 " + node.port() + " " + bus);
      if (!"OK".equals(added) || !"OK".equals(epoch) || !"OK".equals(met)) {
        throw new AssertionError(added + epoch + met);
      }
    }
    Awaitility.await("the cluster")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> cluster.nodes.stream().allMatch(RealRedisCluster::isWell));
    return cluster;
  }

  private static RealRedis node(int bus) {
    return RealRedis.start(
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        Integer.toString(bus),
        "--cluster-node-timeout",
        "2000");
  }

  /** Adds a replica of one of the nodes, which takes over once that is gone. */
  public RealRedis replicate(RealRedis master) {
    int bus = RealRedis.freePort();
    RealRedis replica = node(bus);
    others.add(replica);
    String id = master.ask("CLUSTER MYID");
    String met = master.ask("CLUSTER MEET 127.0.0.1 " + replica.port() + " " + bus);
    Awaitility.await("the replica")
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> "OK".equals(met) && "OK".equals(replica.ask("CLUSTER REPLICATE " + id)));
    // One that has met its master only would never ask the others for their votes.
    Awaitility.await("the replica's copy, and that it and the others know each other")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                isWell(replica)
                    && String.valueOf(replica.ask("INFO replication"))
                        .contains("master_link_status:up")
                    && nodes.stream()
                        .allMatch(
                            node ->
                                String.valueOf(node.ask("CLUSTER NODES")).contains("slave " + id)));
    return replica;
  }

  /** Starts a server that was never told of the others, as one that lost its disk. */
  public RealRedis stranger() {
    RealRedis stranger = node(RealRedis.freePort());
    others.add(stranger);
    return stranger;
  }

  /** Whose slot a key is at the start. */
  public RealRedis owner(String key) {
    int slot = Integer.parseInt(String.valueOf(nodes.get(0).ask("CLUSTER KEYSLOT " + key)));
    int owner = 0;
    while (slot >= SLOTS * (owner + 1) / 3) {
      owner++;
    }
    return nodes.get(owner);
  }

  private static boolean isWell(RealRedis node) {
    String info = String.valueOf(node.ask("CLUSTER INFO"));
    return info.contains("cluster_state:ok") && info.contains("cluster_size:3");
  }

  /** One URI for a client that takes a cluster. */
  public String uri() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  /** The nodes, each a server with a part of the keys. */
  public List<RealRedis> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public void close() {
    others.forEach(RealRedis::close);
    nodes.forEach(RealRedis::close);
  }
}
