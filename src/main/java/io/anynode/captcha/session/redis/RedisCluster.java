package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * NODES} says.
 */
final class RedisCluster {

  private static final int HOPS = 5;
  private static final long LEARN_AGAIN = TimeUnit.SECONDS.toNanos(5);

  private static final byte[] NODES = "NODES".getBytes(UTF_8);
  private static final int ADDRESS = 1;
  private static final int FLAGS = 2;
  private static final int FIRST_SLOTS = 8;

  private final List<HostAndPort> some;
  private final Function<HostAndPort, RedisServer> opener;
  private final long timeout;
  private final Map<HostAndPort, RedisServer> servers = new ConcurrentHashMap<>();
  private volatile CompletableFuture<@Nullable HostAndPort[]> owners = new CompletableFuture<>();
  private volatile boolean stale = true;
  private long learntAt;

  /**
   * Asks nobody yet.
   *
   * @param some servers that know the others
   * @param opener makes the connections to one of them
   * @param timeout how long a request waits for the first look, in nanoseconds
   */
  RedisCluster(List<HostAndPort> some, Function<HostAndPort, RedisServer> opener, long timeout) {
    this.some = some;
    this.opener = opener;
    this.timeout = timeout;
  }

  /**
   * Asks the server that has the key, and whoever it names in its place.
   *
   * @throws JedisException as {@link RedisServer#ask} does, and if nobody has the key
   */
  @Nullable Object ask(byte[] key, ProtocolCommand command, byte[]... values) {
    long asked = System.nanoTime();
    HostAndPort owner = owner(JedisClusterCRC16.getSlot(key));
    boolean asking = false;
    for (int hop = 1; ; hop++) {
      try {
        return server(owner).ask(asked, asking, command, values);
      } catch (JedisRedirectionException e) {
        asking = e instanceof JedisAskDataException;
        stale = stale || !asking;
        if (hop == HOPS) {
          throw e;
        }
        owner = completed(e.getTargetNode(), owner);
      } catch (JedisConnectionException e) {
        stale = true; // another may have its slots soon
        throw e;
      }
    }
  }

  private HostAndPort owner(int slot) {
    try {
      HostAndPort owner = owners.get(timeout, TimeUnit.NANOSECONDS)[slot];
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

  /** Learns who has what, if that may have changed. Not for two threads at once. */
  void learn() {
    if (!stale && System.nanoTime() - learntAt < LEARN_AGAIN) {
      return;
    }
    stale = false;
    Set<HostAndPort> known = new LinkedHashSet<>(servers.keySet());
    known.addAll(some);
    RuntimeException last = new JedisClusterException("Nobody asked");
    for (HostAndPort host : known) {
      try {
        Object told = server(host).ask(System.nanoTime(), false, Command.CLUSTER, NODES);
        learnt(owners(new String((byte[]) told, UTF_8), host));
        return;
      } catch (RuntimeException e) {
        last = e;
      }
    }
    fail(last);
  }

  private void learnt(@Nullable HostAndPort[] now) {
    learntAt = System.nanoTime();
    if (!owners.complete(now)) {
      owners = CompletableFuture.completedFuture(now);
    }
    Set<HostAndPort> used = new LinkedHashSet<>(some);
    Arrays.stream(now).filter(owner -> owner != null).forEach(used::add);
    Set<HostAndPort> left = new LinkedHashSet<>(servers.keySet());
    left.removeAll(used);
    left.forEach(
        host -> {
          RedisServer server = servers.remove(host);
          if (server != null) {
            server.end();
          }
        });
  }

  /** Requests fail with this until somebody tells; what was known once stays. */
  private void fail(RuntimeException reason) {
    stale = true;
    if (!owners.completeExceptionally(reason) && owners.isCompletedExceptionally()) {
      owners = CompletableFuture.failedFuture(reason);
    }
  }

  /** Reads {@code CLUSTER NODES}: a line a node, with its address, its flags and its slots. */
  private static @Nullable HostAndPort[] owners(String nodes, HostAndPort asked) {
    @Nullable HostAndPort[] owners = new HostAndPort[Protocol.CLUSTER_HASHSLOTS];
    for (String line : nodes.split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      if (parts.length > FIRST_SLOTS && parts[FLAGS].contains("master")) {
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
    return owners;
  }
}
