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
import java.util.concurrent.atomic.AtomicBoolean;
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
 * <p>After a failed attempt to connect there is no other for half a second, and then one at a time
 * until one succeeds; callers that would need one fail at once, or take what others give back. A
 * connection that broke, or that heard nothing while no other did either (a host that lost its
 * power, a failover behind an address), takes the others with it. Commands are sent once: a claim
 * whose answer was lost is not sent again. So none is sent that has hardly any time left for its
 * answer.
 */
final class RedisServer {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);

  /** For a server or a firewall may have ended what nobody used for long. */
  private static final long UNUSED = TimeUnit.SECONDS.toNanos(1);

  private record Refusal(Throwable reason, long ends) {}

  private record Held(RedisLine line, int generation) {}

  private final String name;
  private final @Nullable HostAndPort server;
  private final RedisDialer dialer;
  private final Semaphore permits;
  private final long timeout;
  private final BlockingDeque<Held> idle = new LinkedBlockingDeque<>();
  private final AtomicInteger lines = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicBoolean trying = new AtomicBoolean();
  private volatile @Nullable Refusal refusal;
  private volatile long heardAt = System.nanoTime();
  private volatile boolean ended;

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
      if (held.line.idleNanos() < UNUSED) {
        return held;
      }
      boolean alive = false;
      try {
        Object unused = held.line.ask(deadline.within(timeout / 4), Command.PING);
        alive = true;
        return held;
      } catch (JedisException e) {
        if (isSilent(e)) {
          return null; // a new one may tell sooner than the others of its age
        }
      } finally {
        if (!alive) {
          close(held);
        }
      }
    }
    return null;
  }

  private Held dialled(Deadline deadline) {
    if (deadline.isNearlyOver()) {
      throw new JedisException("No time is left to connect to " + name);
    }
    Refusal last = refusal;
    if (last == null) {
      return connected(deadline, dialer.dial(server, deadline));
    }
    // After a failure one attempt at a time, and none for a while: others have to fail at once.
    if (last.ends - System.nanoTime() <= 0 && trying.compareAndSet(false, true)) {
      CompletableFuture<RedisLine> dialled = dialer.dial(server, deadline);
      var unused = dialled.whenComplete((line, fault) -> trying.set(false));
      return connected(deadline, dialled);
    }
    return given(deadline, last);
  }

  private Held connected(Deadline deadline, CompletableFuture<RedisLine> dialled) {
    int now = generation.get();
    try {
      Held held = held(dialled.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS), now);
      refusal = null;
      return held;
    } catch (ExecutionException e) {
      return given(deadline, refuse(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      Refusal late = refuse(e);
      late(dialled, now);
      throw new JedisConnectionException("No connection yet to " + name, late.reason);
    } catch (InterruptedException e) {
      late(dialled, now);
      throw interrupted(e);
    }
  }

  /** Another's. The server may take no more clients, and those that it has are good. */
  private Held given(Deadline deadline, Refusal last) {
    while (lines.get() > 0 && deadline.left() > 0) {
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

  /** Whoever asks next has it, if the pool has room for it still. */
  private void late(CompletableFuture<RedisLine> dialled, int then) {
    var unused =
        dialled.thenAccept(
            line -> {
              refusal = null;
              if (idle.size() < permits.availablePermits()) {
                giveBack(held(line, then));
              } else {
                dialer.close(line);
              }
            });
  }

  private @Nullable Object answer(
      Held held, Deadline deadline, boolean moving, ProtocolCommand command, byte[]... values) {
    if (deadline.isNearlyOver()) {
      giveBack(held);
      throw new JedisException("No time is left to ask " + name);
    }
    boolean usable = false;
    Object unused;
    try {
      if (moving) {
        unused = held.line.ask(deadline, Command.ASKING);
      }
      Object answer = held.line.ask(deadline, command, values);
      usable = true;
      return answer;
    } catch (JedisDataException e) {
      usable = !String.valueOf(e.getMessage()).contains("READONLY");
      if (!usable && isNewest(held)) {
        // It was the master once: its address may lead to the new one by now.
        dialer.doubt();
        forget();
        unused = refuse(e);
      }
      throw e;
    } catch (JedisException e) {
      if (isNewest(held)) {
        broken(deadline, e);
      }
      throw e;
    } finally {
      if (usable) {
        heardAt = System.nanoTime();
      }
      if (usable && deadline.left() > 0) {
        giveBack(held);
      } else {
        close(held); // it may be ended as overdue at any moment
      }
    }
  }

  /** Whether what befalls it says anything of the connections that were made later. */
  private boolean isNewest(Held held) {
    return held.generation == generation.get();
  }

  private void giveBack(Held held) {
    if (!ended && isNewest(held)) {
      idle.addFirst(held);
      // Whoever has taken it in between has it.
      if ((!ended && isNewest(held)) || !idle.remove(held)) {
        return;
      }
    }
    close(held);
  }

  private void broken(Deadline deadline, JedisException fault) {
    boolean silent = isSilent(fault);
    boolean othersHear = heardAt - deadline.begun() >= 0;
    if (silent && (othersHear || deadline.isShorterThan(timeout))) {
      return;
    }
    forget();
    if (silent) {
      Refusal unused = refuse(fault);
    }
  }

  private static boolean isSilent(JedisException fault) {
    return fault.getCause() instanceof SocketTimeoutException;
  }

  private Held held(RedisLine line, int then) {
    Object unused = lines.incrementAndGet();
    return new Held(line, then);
  }

  private void close(Held held) {
    Object unused = lines.decrementAndGet();
    dialer.close(held.line);
  }

  private Refusal refuse(Throwable reason) {
    Refusal refused = new Refusal(reason, System.nanoTime() + PAUSE);
    refusal = refused;
    return refused;
  }

  /** Ends the connections that nobody uses now, and those in use when they come back. */
  private void forget() {
    int unused = generation.incrementAndGet();
    for (Held held = idle.pollFirst(); held != null; held = idle.pollFirst()) {
      close(held);
    }
  }

  /** For a server that has left its cluster: nothing is kept any more. */
  void end() {
    ended = true;
    forget();
  }
}
