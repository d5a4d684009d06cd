package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The servers of a Redis Cluster, and which of them has which slot of the keys, as {@code CLUSTER
 * NODES} says: by their addresses, and not by names that they may have besides.
 */
final class RedisCluster {

  private static final int HOPS = 5;
  private static final long LEARN_AGAIN = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(500);

  private static final byte[] NODES = "NODES".getBytes(UTF_8);
  private static final int ADDRESS = 1;
  private static final int FLAGS = 2;
  private static final int EPOCH = 6;
  private static final int FIRST_SLOTS = 8;

  /**
   * What one server tells.
   *
   * @param owners by slot; null where nobody has it
   * @param slots how many somebody has
   * @param epoch the newest that it knows of: each failover makes one
   */
  private record View(List<@Nullable HostAndPort> owners, long slots, long epoch) {

    static final Comparator<View> BETTER =
        Comparator.comparingLong(View::slots).thenComparingLong(View::epoch);
  }

  private final List<HostAndPort> some;
  private final Function<HostAndPort, RedisServer> opener;
  private final Map<HostAndPort, RedisServer> servers = new ConcurrentHashMap<>();
  private volatile CompletableFuture<View> known = new CompletableFuture<>();
  private volatile boolean stale = true;
  private long learntAt;

  /**
   * Asks nobody yet.
   *
   * @param some servers that know the others
   * @param opener makes the connections to one of them
   */
  RedisCluster(List<HostAndPort> some, Function<HostAndPort, RedisServer> opener) {
    this.some = some;
    this.opener = opener;
  }

  /**
   * Asks the server that has the key, and whoever it names in its place.
   *
   * @throws JedisException as {@link RedisServer#ask} does, and if nobody has the key
   */
  @Nullable Object ask(Deadline deadline, byte[] key, ProtocolCommand command, byte[]... values) {
    HostAndPort owner = owner(deadline, JedisClusterCRC16.getSlot(key));
    boolean moving = false;
    for (int hop = 1; ; hop++) {
      try {
        return server(owner).ask(deadline, moving, command, values);
      } catch (JedisRedirectionException e) {
        moving = e instanceof JedisAskDataException;
        if (!moving) {
          stale = true;
        }
        if (hop == HOPS) {
          throw e;
        }
        owner = completed(e.getTargetNode(), owner);
      } catch (JedisConnectionException | JedisClusterException e) {
        stale = true; // another may have its slots soon
        throw e;
      }
    }
  }

  private HostAndPort owner(Deadline deadline, int slot) {
    try {
      HostAndPort owner =
          known.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS).owners.get(slot);
      if (owner != null) {
        return owner;
      }
    } catch (ExecutionException e) {
      throw new JedisConnectionException("No server of the cluster tells its nodes", e.getCause());
    } catch (TimeoutException e) {
      throw new JedisConnectionException("No server of the cluster told its nodes yet", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JedisException("Interrupted", e);
    }
    stale = true;
    throw new JedisClusterException("No server of the cluster has slot " + slot + ".");
  }

  private RedisServer server(HostAndPort host) {
    return servers.computeIfAbsent(host, opener);
  }

  /** One that does not know its own address means the one that it was asked at. */
  private static HostAndPort completed(HostAndPort named, HostAndPort asked) {
    return named.getHost().isEmpty() ? new HostAndPort(asked.getHost(), named.getPort()) : named;
  }

  /**
   * Learns who has what, if that may have changed, from the server that knows most and newest: one
   * that came back empty, or that the others cannot reach, tells what is not so. Not for two
   * threads at once.
   */
  void learn() {
    if (!stale && System.nanoTime() - learntAt < LEARN_AGAIN) {
      return;
    }
    stale = false;
    learntAt = System.nanoTime();
    Set<HostAndPort> hosts = new LinkedHashSet<>(servers.keySet());
    hosts.addAll(some);
    View best = null;
    RuntimeException last = new JedisClusterException("Nobody asked");
    for (HostAndPort host : hosts) {
      try {
        View view = view(host);
        best = best == null || View.BETTER.compare(view, best) > 0 ? view : best;
      } catch (RuntimeException e) {
        last = e;
      }
    }
    if (best == null) {
      fail(last);
    } else if (best.slots == 0) {
      fail(new JedisClusterException("The servers that answer have no slots."));
    } else {
      if (!known.complete(best)) {
        known = CompletableFuture.completedFuture(best);
      }
      endOthers(best);
    }
  }

  private void endOthers(View view) {
    Set<HostAndPort> left = new LinkedHashSet<>(servers.keySet());
    left.removeAll(some);
    left.removeAll(view.owners);
    for (HostAndPort host : left) {
      RedisServer server = servers.remove(host);
      if (server != null) {
        server.end();
      }
    }
  }

  /** Requests fail with this until somebody tells; what was known once stays. */
  private void fail(RuntimeException reason) {
    stale = true;
    if (!known.completeExceptionally(reason) && known.isCompletedExceptionally()) {
      known = CompletableFuture.failedFuture(reason);
    }
  }

  /** Reads {@code CLUSTER NODES}: a line a node, with its address, its flags and its slots. */
  private View view(HostAndPort asked) {
    Object nodes = server(asked).ask(Deadline.in(LOOK), false, Command.CLUSTER, NODES);
    @Nullable HostAndPort[] owners = new HostAndPort[Protocol.CLUSTER_HASHSLOTS];
    long epoch = 0;
    for (String line : new String((byte[]) nodes, UTF_8).split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      if (parts.length > FIRST_SLOTS && parts[FLAGS].contains("master")) {
        epoch = Math.max(epoch, Long.parseLong(parts[EPOCH]));
        HostAndPort host =
            completed(HostAndPort.from(parts[ADDRESS].replaceFirst("[@,].*", "")), asked);
        Arrays.stream(parts, FIRST_SLOTS, parts.length)
            .filter(slots -> !slots.startsWith("[")) // on their way
            .map(slots -> slots.split("-", 2))
            .forEach(
                ends ->
                    Arrays.fill(
                        owners,
                        Integer.parseInt(ends[0]),
                        Integer.parseInt(ends[ends.length - 1]) + 1,
                        host));
      }
    }
    return new View(
        Arrays.asList(owners), Arrays.stream(owners).filter(Objects::nonNull).count(), epoch);
  }
}
