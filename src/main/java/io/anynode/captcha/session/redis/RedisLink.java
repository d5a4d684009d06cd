package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * One node's way to Redis: to the server that has a key, over connections that all requests share.
 */
final class RedisLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration END = Duration.ofSeconds(2);

  /** To whoever has a key. */
  private interface Route {
    @Nullable Object ask(Deadline deadline, byte[] key, ProtocolCommand command, byte[]... values);
  }

  private final RedisAddress address;
  private final long timeout;
  private final RedisDialer dialer;
  private final Route route;
  private final ScheduledExecutorService keeper;

  /** Begins to connect, so that the first request does not have to, and waits for nothing. */
  RedisLink(RedisAddress address, int poolSize, Duration timeout) {
    this.address = address;
    this.timeout = timeout.toNanos();
    this.dialer = new RedisDialer(address);
    // Two, for one may wait for a server.
    this.keeper = Executors.newScheduledThreadPool(2, RedisLink::thread);
    keep(dialer::closeOverdue);
    if (address.isCluster()) {
      RedisCluster cluster =
          new RedisCluster(
              address.hosts(),
              host -> new RedisServer(host.toString(), host, dialer, poolSize, timeout));
      route = cluster::ask;
      keep(cluster::learn);
    } else {
      RedisServer server = new RedisServer(address.toString(), null, dialer, poolSize, timeout);
      route = (deadline, key, command, values) -> server.ask(deadline, false, command, values);
      keeper.execute(this::warmUp);
    }
  }

  static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "anynode-captcha-redis");
    thread.setDaemon(true);
    return thread;
  }

  private void keep(Runnable work) {
    var unused =
        keeper.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                // The executor would not come back after one that it sees.
                log.warn("The connections to Redis at {} could not be looked after.", address, e);
              }
            },
            0,
            LOOK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void warmUp() {
    try {
      Object unused = ask(new byte[0], Command.PING);
    } catch (JedisException e) {
      log.debug("Redis at {} is not there yet.", address, e);
    }
  }

  /** Whether the keys of two sessions may lie on different servers. */
  boolean isCluster() {
    return address.isCluster();
  }

  /**
   * Sends a command, once.
   *
   * @param key the key, or one of the keys, of the command
   * @param values all that follows the command's name
   * @return null, {@code Long}, {@code byte[]}, or a list of these
   * @throws JedisException if there is no answer within the timeout, or a bad one
   */
  @Nullable Object ask(byte[] key, ProtocolCommand command, byte[]... values) {
    return route.ask(Deadline.in(timeout), key, command, values);
  }

  /** Runs a script; Redis gets its text only where it does not know it, also after a restart. */
  @Nullable Object run(Script script, byte[][] keys, byte[]... values) {
    byte[][] sent = new byte[2 + keys.length + values.length][];
    sent[0] = script.sha();
    sent[1] = Integer.toString(keys.length).getBytes(UTF_8);
    System.arraycopy(keys, 0, sent, 2, keys.length);
    System.arraycopy(values, 0, sent, 2 + keys.length, values.length);
    Deadline deadline = Deadline.in(timeout);
    try {
      return route.ask(deadline, keys[0], Command.EVALSHA, sent);
    } catch (JedisNoScriptException e) {
      sent[0] = script.lua();
      return route.ask(deadline, keys[0], Command.EVAL, sent);
    }
  }

  /** The values of keys, null where there is none. */
  List<byte @Nullable []> values(List<byte[]> keys) {
    List<byte @Nullable []> values = new ArrayList<>();
    if (isCluster()) {
      // Each lies on a server of its own.
      Deadline deadline = Deadline.in(timeout);
      keys.forEach(
          key -> values.add((byte @Nullable []) route.ask(deadline, key, Command.GET, key)));
    } else if (ask(keys.get(0), Command.MGET, keys.toArray(byte[][]::new)) instanceof List<?> all) {
      all.forEach(value -> values.add((byte @Nullable []) value));
    }
    return values;
  }

  /** Ends connections and threads; later questions fail at once. */
  @Override
  public void close() {
    keeper.shutdownNow();
    dialer.close();
    try {
      if (!keeper.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("A thread for Redis at {} did not end in time.", address);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
