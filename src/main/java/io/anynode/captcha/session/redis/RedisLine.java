package io.anynode.captcha.session.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to Redis; one thread at a time asks over it. */
final class RedisLine {

  private static final String UNKNOWN_COMMAND = ", with args beginning with";

  /** What is closed: a TLS socket's own end waits for its last write. */
  private final Socket plain = new Socket();

  private final Connection connection = new Connection(this::spoken);
  private @Nullable Socket spoken;
  private volatile @Nullable Deadline waiting;
  private long usedAt = System.nanoTime();

  /** How a socket is made ready. */
  interface Opener {

    /**
     * Connects it.
     *
     * @return what is spoken over: the same socket, or TLS over it
     */
    Socket open(Socket plain) throws IOException;
  }

  /** Connects, and no longer than this. */
  void open(Deadline deadline, Opener opener) throws IOException {
    waiting = deadline;
    spoken = opener.open(plain);
    connection.connect();
    waiting = null;
  }

  private Socket spoken() {
    return Objects.requireNonNull(spoken);
  }

  /**
   * Sends a command, once, and waits for the answer.
   *
   * @return null, {@code Long}, {@code byte[]}, or a list of these
   * @throws JedisDataException if Redis answers with an error; the line can be used on
   * @throws JedisException for any other fault; the line is of no more use
   */
  @Nullable Object ask(Deadline deadline, ProtocolCommand command, byte[]... values) {
    waiting = deadline;
    try {
      connection.setSoTimeout(deadline.leftMillis());
      connection.sendCommand(command, values);
      return connection.getOne();
    } catch (JedisDataException e) {
      throw withoutValues(e);
    } finally {
      waiting = null;
      usedAt = System.nanoTime();
    }
  }

  /** Redis repeats the values of a command that it does not know, a session's id among them. */
  private static JedisDataException withoutValues(JedisDataException fault) {
    String message = String.valueOf(fault.getMessage());
    int values = message.indexOf(UNKNOWN_COMMAND);
    return values < 0 ? fault : new JedisDataException(message.substring(0, values));
  }

  /** Whether somebody waits who should have given up this long ago. */
  boolean isOverdue(long nanos) {
    Deadline deadline = waiting;
    return deadline != null && deadline.left() < -nanos;
  }

  /** How long nobody asked. */
  long idleNanos() {
    return System.nanoTime() - usedAt;
  }

  /** Ends it, from any thread; whoever waits for an answer gets a fault. */
  void close() throws IOException {
    plain.close();
  }
}
