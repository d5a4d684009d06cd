package io.anynode.captcha.session.redis;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * This node's connections to one Redis server: as many as requests ask at the same time, up to the
 * pool's size. Not Jedis' own pool, which can neither keep to the time that is left of a request's,
 * nor tell callers at once that the server is away.
 *
 * <p>After a failed attempt to connect there is no other for half a second, in which callers that
 * would need it fail at once, or take what others give back. A connection that broke, or that heard
 * nothing while no other did either (a host that lost its power, a failover behind an address),
 * takes the others with it. Commands are sent once: a claim whose answer was lost is not sent
 * again. So none is sent that has hardly any time left for its answer.
 */
final class RedisServer {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);

  /** For a server or a firewall may have ended what nobody used for long. */
  private static final long UNUSED = TimeUnit.SECONDS.toNanos(1);

  private record Refusal(RuntimeException reason, long ends) {}

  private record Held(RedisLine line, int generation) {}

  private final String name;
  private final @Nullable HostAndPort server;
  private final RedisDialer dialer;
  private final int poolSize;
  private final Semaphore permits;
  private final long timeout;
  private final BlockingDeque<Held> idle = new LinkedBlockingDeque<>();
  private final AtomicInteger asking = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile @Nullable Refusal refusal;
  private volatile long heardAt = System.nanoTime();

  /**
   * Connects to nothing yet.
   *
   * @param name for errors
   * @param server for the dialer
   */
  RedisServer(
      String name,
      @Nullable HostAndPort server,
      RedisDialer dialer,
      int poolSize,
      Duration timeout) {
    this.name = name;
    this.server = server;
    this.dialer = dialer;
    this.poolSize = poolSize;
    this.permits = new Semaphore(poolSize);
    this.timeout = timeout.toNanos();
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param moving whether a cluster's server is to answer for a key that is on its way to it
   * @throws JedisException if there is no answer in time, or a bad one
   */
  @Nullable Object ask(
      Deadline deadline, boolean moving, ProtocolCommand command, byte[]... values) {
    try {
      if (!permits.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
        throw new JedisException(
            "All connections to " + name + " were in use; see captcha.session.redis.pool-size.");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      Held held = unused(deadline);
      return answer(held == null ? dialled(deadline) : held, deadline, moving, command, values);
    } finally {
      permits.release();
    }
  }

  private static JedisException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new JedisException("Interrupted", e);
  }

  /** A connection that nobody uses and that is alive; null if there is none. */
  private @Nullable Held unused(Deadline deadline) {
    for (Held held = idle.pollFirst(); held != null; held = idle.pollFirst()) {
      if (held.line.idleNanos() < UNUSED || answers(held, deadline.within(timeout / 4))) {
        return held;
      }
    }
    return null;
  }

  private boolean answers(Held held, Deadline deadline) {
    boolean alive = false;
    try {
      Object unused = held.line.ask(deadline, Command.PING);
      alive = true;
    } catch (JedisException e) {
      broken(deadline, e);
    } finally {
      if (!alive) {
        dialer.close(held.line);
      }
    }
    return alive;
  }

  private Held dialled(Deadline deadline) {
    Refusal last = refusal;
    if (last == null || last.ends - System.nanoTime() <= 0) {
      try {
        return connected(deadline);
      } catch (JedisException e) {
        last = refuse(e);
      }
    }
    // It may take no more clients, and those that it has are good.
    while (asking.get() > 0 && deadline.left() > 0) {
      try {
        Held others = idle.pollFirst(LOOK, TimeUnit.NANOSECONDS);
        if (others != null) {
          return others;
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    throw new JedisConnectionException("No connection to " + name, last.reason);
  }

  private Held connected(Deadline deadline) {
    int now = generation.get();
    CompletableFuture<RedisLine> dialled = dialer.dial(server, deadline);
    try {
      return new Held(dialled.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS), now);
    } catch (ExecutionException e) {
      throw new JedisConnectionException("No connection to " + name, e.getCause());
    } catch (TimeoutException e) {
      late(dialled, now);
      throw new JedisConnectionException("No connection yet to " + name, e);
    } catch (InterruptedException e) {
      late(dialled, now);
      throw interrupted(e);
    }
  }

  /** The next one has it. */
  private void late(CompletableFuture<RedisLine> dialled, int then) {
    var unused =
        dialled.thenAccept(
            line -> {
              refusal = null;
              giveBack(new Held(line, then));
            });
  }

  private @Nullable Object answer(
      Held held, Deadline deadline, boolean moving, ProtocolCommand command, byte[]... values) {
    if (deadline.isNearlyOver()) {
      giveBack(held);
      throw new JedisException("No time is left to ask " + name);
    }
    boolean usable = false;
    Object unused = asking.incrementAndGet();
    try {
      if (moving) {
        unused = held.line.ask(deadline, Command.ASKING);
      }
      Object answer = held.line.ask(deadline, command, values);
      usable = true;
      return answer;
    } catch (JedisDataException e) {
      usable = isMaster(e);
      throw e;
    } catch (JedisException e) {
      broken(deadline, e);
      throw e;
    } finally {
      if (usable) {
        heardAt = System.nanoTime();
      }
      if (usable && deadline.left() > 0) {
        giveBack(held);
      } else {
        dialer.close(held.line); // it may be ended as overdue at any moment
      }
      unused = asking.decrementAndGet();
    }
  }

  /** One that takes no writes was the master once: its address may lead to the new one by now. */
  private boolean isMaster(JedisDataException answer) {
    boolean master = !String.valueOf(answer.getMessage()).contains("READONLY");
    if (!master) {
      dialer.doubt();
      forget();
      Refusal unused = refuse(answer);
    }
    return master;
  }

  private void giveBack(Held held) {
    if (held.generation == generation.get() && idle.size() < poolSize) {
      idle.addFirst(held);
      if (held.generation == generation.get()) {
        return;
      }
      boolean unused = idle.remove(held);
    }
    dialer.close(held.line);
  }

  private void broken(Deadline deadline, JedisException fault) {
    boolean silent = fault.getCause() instanceof SocketTimeoutException;
    if (silent && heardAt - deadline.begun() >= 0) {
      return; // others hear
    }
    forget();
    if (silent) {
      Refusal unused = refuse(fault);
    }
  }

  private Refusal refuse(RuntimeException reason) {
    Refusal refused = new Refusal(reason, System.nanoTime() + PAUSE);
    refusal = refused;
    return refused;
  }

  /** Ends the connections that nobody uses now, and those in use when they come back. */
  void forget() {
    int unused = generation.incrementAndGet();
    for (Held held = idle.pollFirst(); held != null; held = idle.pollFirst()) {
      dialer.close(held.line);
    }
  }
}
