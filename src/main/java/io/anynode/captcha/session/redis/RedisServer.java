package io.anynode.captcha.session.redis;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
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
 * <p>After a failed attempt to connect, callers that would need another fail at once for half a
 * second. A connection that broke, or that heard nothing while no other did either (a host that
 * lost its power, a failover behind an address), takes those that are idle with it. Commands are
 * sent once: a claim whose answer was lost is not sent again.
 */
final class RedisServer {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  /** For a server or a firewall may have ended what nobody used for long. */
  private static final long UNUSED = TimeUnit.SECONDS.toNanos(1);

  /** A shorter timeout than this might never see a connection. */
  private static final long DIAL = TimeUnit.SECONDS.toNanos(1);

  private record Refusal(RuntimeException reason, long ends) {}

  private final String name;
  private final RedisDialer dialer;
  private final LongFunction<RedisLine> dial;
  private final int poolSize;
  private final Semaphore permits;
  private final long timeout;
  private final BlockingDeque<RedisLine> idle = new LinkedBlockingDeque<>();
  private volatile @Nullable Refusal refusal;
  private volatile long heardAt = System.nanoTime();
  private volatile boolean ended;

  /**
   * Connects to nothing yet.
   *
   * @param name for errors
   * @param dialer ends what {@code dial} opens
   * @param dial opens a connection, in the time that it is given
   */
  RedisServer(
      String name,
      RedisDialer dialer,
      LongFunction<RedisLine> dial,
      int poolSize,
      Duration timeout) {
    this.name = name;
    this.dialer = dialer;
    this.dial = dial;
    this.poolSize = poolSize;
    this.permits = new Semaphore(poolSize);
    this.timeout = timeout.toNanos();
  }

  /**
   * Sends a command and waits for its answer, for the timeout at most, or a second if it has to
   * connect.
   *
   * @param asked when the request began to ask, by {@link System#nanoTime}
   * @param asking whether a cluster's server is to answer for a key that is on its way to it
   * @throws JedisException if there is no answer in that time, or a bad one
   */
  @Nullable Object ask(long asked, boolean asking, ProtocolCommand command, byte[]... values) {
    acquire(asked + timeout);
    try {
      RedisLine line = unused(asked);
      long limit = asked + timeout;
      if (line == null) {
        limit = asked + Math.max(timeout, DIAL);
        line = dialled(limit);
      }
      return answer(line, asked, limit, asking, command, values);
    } finally {
      permits.release();
    }
  }

  private void acquire(long limit) {
    try {
      if (!permits.tryAcquire(limit - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new JedisException(
            "All "
                + poolSize
                + " connections to "
                + name
                + " were in use; see captcha.session.redis.pool-size.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JedisException("Interrupted", e);
    }
  }

  /** A connection that nobody uses and that is alive; null if there is none. */
  private @Nullable RedisLine unused(long asked) {
    for (RedisLine line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
      if (line.idleNanos() < UNUSED || answers(line, asked)) {
        return line;
      }
    }
    return null;
  }

  private boolean answers(RedisLine line, long asked) {
    try {
      Object unused = line.ask(asked + timeout, Command.PING);
      return true;
    } catch (JedisException e) {
      dialer.close(line);
      broken(asked, e);
      return false;
    }
  }

  private RedisLine dialled(long limit) {
    Refusal last = refusal;
    if (last == null || last.ends - System.nanoTime() <= 0) {
      try {
        return dial.apply(limit);
      } catch (JedisException e) {
        last = refuse(e);
      }
    }
    RedisLine others = isFull(last) ? given(limit) : null;
    if (others == null) {
      throw new JedisConnectionException("No connection to " + name, last.reason);
    }
    return others;
  }

  /** Whether Redis answers, but takes no more clients. */
  private static boolean isFull(Refusal refusal) {
    return String.valueOf(refusal.reason.getMessage()).contains("max number of clients");
  }

  private @Nullable RedisLine given(long limit) {
    try {
      return idle.pollFirst(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private @Nullable Object answer(
      RedisLine line,
      long asked,
      long limit,
      boolean asking,
      ProtocolCommand command,
      byte[]... values) {
    boolean usable = false;
    try {
      if (asking) {
        Object unused = line.ask(limit, Command.ASKING);
      }
      Object answer = line.ask(limit, command, values);
      usable = true;
      return answer;
    } catch (JedisDataException e) {
      // One that takes no writes was the master once: its address may lead to the new one by now.
      usable = !String.valueOf(e.getMessage()).contains("READONLY");
      if (!usable) {
        forget();
        Refusal unused = refuse(e);
      }
      throw e;
    } catch (JedisException e) {
      broken(asked, e);
      throw e;
    } finally {
      if (usable) {
        heardAt = System.nanoTime();
        idle.addFirst(line);
        if (ended) {
          forget();
        }
      } else {
        dialer.close(line);
      }
    }
  }

  private void broken(long asked, JedisException fault) {
    boolean silent = fault.getCause() instanceof SocketTimeoutException;
    if (silent && heardAt - asked >= 0) {
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

  /** Ends the connections that nobody uses now. */
  private void forget() {
    for (RedisLine line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
      dialer.close(line);
    }
  }

  /** For a server that has left its cluster: ends what nobody uses, and what comes back. */
  void end() {
    ended = true;
    forget();
  }
}
