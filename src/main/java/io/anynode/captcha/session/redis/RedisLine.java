package io.anynode.captcha.session.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to Redis; one thread at a time asks over it. */
final class RedisLine {

  private static final String UNKNOWN_COMMAND = ", with args beginning with";

  private final Socket socket;
  private final Connection connection;
  private volatile long until = Long.MAX_VALUE;
  private volatile boolean asked;
  private long usedAt = System.nanoTime();

  /**
   * Takes over a connected socket.
   *
   * @param plain what is closed: a TLS socket's own end waits for its last write
   * @param spoken what is written to and read from, the same or TLS over it
   */
  RedisLine(Socket plain, Socket spoken) {
    this.socket = plain;
    this.connection = new Connection(() -> spoken);
  }

  /**
   * Sends a command, once, and waits for the answer.
   *
   * @param limit when the wait ends, by {@link System#nanoTime}
   * @return null, {@code Long}, {@code byte[]}, or a list of these
   * @throws JedisDataException if Redis answers with an error; the line can be used on
   * @throws JedisException for any other fault; the line is of no more use
   */
  @Nullable Object ask(long limit, ProtocolCommand command, byte[]... values) {
    until = limit;
    asked = true;
    try {
      connection.connect();
      connection.setSoTimeout(millis(limit));
      connection.sendCommand(command, values);
      return connection.getOne();
    } catch (JedisDataException e) {
      throw withoutValues(e);
    } finally {
      asked = false;
      usedAt = System.nanoTime();
    }
  }

  /** Redis repeats the values of a command that it does not know, a session's id among them. */
  private static JedisDataException withoutValues(JedisDataException fault) {
    String message = String.valueOf(fault.getMessage());
    int values = message.indexOf(UNKNOWN_COMMAND);
    return values < 0 ? fault : new JedisDataException(message.substring(0, values));
  }

  private static int millis(long limit) {
    // Never 0, which is "for ever" to a socket.
    long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
    return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
  }

  /** Whether a question is on its way that should have had its answer this long ago. */
  boolean isOverdue(long nanos) {
    return asked && System.nanoTime() - until > nanos;
  }

  /** How long nobody asked. */
  long idleNanos() {
    return System.nanoTime() - usedAt;
  }

  /** Ends it, from any thread; whoever waits for an answer gets a fault. */
  void close() throws IOException {
    socket.close();
  }
}
