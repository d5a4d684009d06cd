package io.anynode.captcha.session.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.ExtendedKeepAliveSupport;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * One node's connection to Redis: begun at the start, shared by all requests, and never waited for
 * longer than the timeout.
 *
 * <p>While Redis is away, one attempt to connect serves all callers; a failed one stands for half a
 * second, in which callers fail at once. Lettuce reconnects a connection that broke. One that only
 * went silent (a host that lost its power, a failover behind an address) it would keep for as long
 * as TCP does, a quarter of an hour; here the first command that hears nothing drops it. Commands
 * are sent once: a claim whose answer was lost is not sent again.
 */
final class RedisLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  private static final Duration CONNECT = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration END = Duration.ofSeconds(2);

  private record Line(
      StatefulConnection<byte[], byte[]> connection,
      RedisClusterAsyncCommands<byte[], byte[]> commands) {}

  private final RedisAddress address;
  private final Duration timeout;
  private final ClientResources resources;
  private final AbstractRedisClient client;
  private final Supplier<CompletionStage<Line>> dial;

  private volatile @Nullable CompletableFuture<Line> line;
  private boolean closed;
  private volatile long retryAt = System.nanoTime();
  private volatile long heardAt = System.nanoTime();

  /** Begins to connect, so that the first request does not have to, and waits for nothing. */
  RedisLink(RedisAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.exponential(Duration.ZERO, PAUSE, 2, TimeUnit.MILLISECONDS))
            .build();
    if (address.isCluster()) {
      RedisClusterClient cluster = RedisClusterClient.create(resources, address.uris(timeout));
      cluster.setOptions(clusterOptions());
      client = cluster;
      dial =
          () ->
              cluster
                  .refreshPartitionsAsync()
                  .thenCompose(known -> cluster.connectAsync(ByteArrayCodec.INSTANCE))
                  .thenApply(connection -> new Line(connection, connection.async()));
    } else {
      RedisClient single = RedisClient.create(resources);
      single.setOptions(options(ClientOptions.builder()).build());
      RedisURI uri = address.uris(timeout).get(0);
      client = single;
      dial =
          () ->
              single
                  .connectAsync(ByteArrayCodec.INSTANCE, uri)
                  .thenApply(connection -> new Line(connection, connection.async()));
    }
    var unused = current();
  }

  private static ClusterClientOptions clusterOptions() {
    ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
    options(builder);
    return builder
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(Duration.ofSeconds(10))
                .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                .refreshTriggersReconnectAttempts(1)
                .build())
        .build();
  }

  private static ClientOptions.Builder options(ClientOptions.Builder builder) {
    SocketOptions.Builder socket = SocketOptions.builder().connectTimeout(CONNECT);
    if (ExtendedKeepAliveSupport.isSupported()) {
      socket.keepAlive(
          SocketOptions.KeepAliveOptions.builder()
              .enable()
              .idle(Duration.ofSeconds(30))
              .interval(Duration.ofSeconds(10))
              .count(3)
              .build());
    } else {
      socket.keepAlive(true);
    }
    return builder
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(10_000)
        .socketOptions(socket.build());
  }

  /** Whether the keys of two sessions may lie on different nodes. */
  boolean isCluster() {
    return address.isCluster();
  }

  /**
   * Asks Redis.
   *
   * @throws RedisException if there is no answer within the timeout, or a bad one
   */
  <T extends @Nullable Object> T ask(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> question) {
    try {
      return answer(current(), question);
    } finally {
      clearThread();
    }
  }

  /** Runs a script; Redis gets its text only where it does not know it, also after a restart. */
  @Nullable Object run(Script script, byte[][] keys, byte[]... values) {
    try {
      return ask(commands -> commands.evalsha(script.sha(), script.answer(), keys, values));
    } catch (RedisNoScriptException e) {
      return ask(commands -> commands.eval(script.lua(), script.answer(), keys, values));
    }
  }

  private <T extends @Nullable Object> T answer(
      CompletableFuture<Line> current,
      Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> question) {
    long asked = System.nanoTime();
    Line connected = connected(current);
    try {
      // Never 0 or less, which is "for ever" to Lettuce.
      long left = Math.max(1, asked + timeout.toNanos() - System.nanoTime());
      T answer =
          LettuceFutures.awaitOrCancel(
              question.apply(connected.commands()), left, TimeUnit.NANOSECONDS);
      heardAt = System.nanoTime();
      return answer;
    } catch (RedisCommandTimeoutException e) {
      if (heardAt - asked < 0) {
        drop(current, e);
      }
      throw e;
    } catch (RedisCommandExecutionException e) {
      heardAt = System.nanoTime();
      if (String.valueOf(e.getMessage()).contains("READONLY")) {
        drop(current, e); // it was the master once: its address may lead to the new one by now
      }
      throw e;
    }
  }

  private Line connected(CompletableFuture<Line> current) {
    try {
      return current.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new RedisConnectionException("No connection to " + address, e.getCause());
    } catch (TimeoutException e) {
      throw new RedisConnectionException("No connection yet to " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisCommandInterruptedException(e);
    }
  }

  /** The connection, or the attempt to make it; no request waits for another to learn it. */
  private CompletableFuture<Line> current() {
    CompletableFuture<Line> last = line;
    return last != null && !last.isCompletedExceptionally() ? last : renewed();
  }

  /** Another attempt, if there is none yet; a failed one stands for the pause. */
  private synchronized CompletableFuture<Line> renewed() {
    CompletableFuture<Line> last = line;
    if (last != null
        && (closed || !last.isCompletedExceptionally() || retryAt - System.nanoTime() > 0)) {
      return last;
    }
    CompletableFuture<Line> next = dialled();
    line = next;
    return next;
  }

  private CompletableFuture<Line> dialled() {
    CompletionStage<Line> dialled;
    try {
      dialled = dial.get();
    } catch (RuntimeException e) {
      dialled = CompletableFuture.failedFuture(e);
    }
    return dialled
        .whenComplete(
            (connected, fault) -> {
              if (fault != null) {
                retryAt = System.nanoTime() + PAUSE.toNanos();
              }
            })
        .toCompletableFuture();
  }

  private synchronized void drop(CompletableFuture<Line> dead, RuntimeException reason) {
    if (line == dead) {
      retryAt = System.nanoTime() + PAUSE.toNanos();
      line = CompletableFuture.failedFuture(reason);
      var unused = dead.thenCompose(dropped -> dropped.connection().closeAsync());
    }
  }

  /** Ends connections and threads; later questions fail at once. */
  @Override
  public void close() {
    CompletableFuture<Line> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = line;
      line = CompletableFuture.failedFuture(new RedisException("Closed"));
    }
    if (last != null && last.isDone() && !last.isCompletedExceptionally()) {
      ended("connection", last.join().connection().closeAsync());
    }
    ended("client", client.shutdownAsync(0, END.toMillis(), TimeUnit.MILLISECONDS));
    ended("threads", resources.shutdown(0, END.toMillis(), TimeUnit.MILLISECONDS));
    if (address.isSentinel()) {
      Schedulers.shutdownNow(); // Lettuce's question to a Sentinel has its timeout there
    }
    endGlobalExecutor();
    clearThread();
  }

  /**
   * What Netty keeps for a calling thread would outlive this application in a container's thread.
   */
  private static void clearThread() {
    if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
      FastThreadLocal.removeAll();
    }
  }

  private void ended(String what, Future<?> end) {
    try {
      Object unused = end.get(2 * END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The {} to Redis at {} did not end in time.", what, address, e);
    }
  }

  /** Netty's helper thread leaves a second after its last task; a container looks at once. */
  private static void endGlobalExecutor() {
    try {
      boolean unused =
          GlobalEventExecutor.INSTANCE.awaitInactivity(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IllegalStateException e) {
      log.trace("Netty's helper thread never ran.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
