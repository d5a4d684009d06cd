package io.anynode.captcha.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A real Redis master, its replica, and three Sentinels that fail over within about a second. */
public final class RealSentinels implements AutoCloseable {

  private static final String NAME = "main";

  private final RealRedis master = RealRedis.start();
  private final RealRedis replica = RealRedis.start("--replicaof", "127.0.0.1 " + master.port());
  private final List<RealRedis> sentinels = new ArrayList<>();

  private RealSentinels() {}

  /** Starts the group, and waits until all know each other. */
  public static RealSentinels start() {
    RealSentinels group = new RealSentinels();
    for (int i = 0; i < 3; i++) {
      group.sentinels.add(
          RealRedis.startSentinel(
              List.of(
                  "sentinel monitor " + NAME + " 127.0.0.1 " + group.master.port() + " 2",
                  "sentinel down-after-milliseconds " + NAME + " 500",
                  "sentinel failover-timeout " + NAME + " 3000")));
    }
    Awaitility.await("the Sentinels")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> group.sentinels.stream().allMatch(RealSentinels::knowsAll));
    return group;
  }

  private static boolean knowsAll(RealRedis sentinel) {
    return String.valueOf(sentinel.ask("INFO sentinel")).contains("status=ok")
        && String.valueOf(sentinel.ask("INFO sentinel")).contains("slaves=1,sentinels=3");
  }

  /** One URI for a client that asks Sentinels. */
  public String uri() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + NAME));
  }

  /** The master at the start. */
  public RealRedis master() {
    return master;
  }

  /** The replica at the start, which takes over once the master is gone. */
  public RealRedis replica() {
    return replica;
  }

  /** The three that watch. */
  public List<RealRedis> sentinels() {
    return List.copyOf(sentinels);
  }

  @Override
  public void close() {
    sentinels.forEach(RealRedis::close);
    replica.close();
    master.close();
  }
}
