package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Opens connections that are logged in and answer, and knows all that are open. It has threads of
 * its own for that: a name's lookup or a slow handshake may take longer than any request may wait.
 */
final class RedisDialer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisDialer.class);

  private static final long ATTEMPT = TimeUnit.SECONDS.toNanos(2);
  private static final long CONNECT = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long OVERDUE = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Duration END = Duration.ofSeconds(2);
  private static final int THREADS = 16;
  private static final int THREADS_STAY_SECONDS = 5;

  /** So that a host that lost its power is noticed in a minute, also by what waits for nothing. */
  private static final Map<String, Integer> KEEP_ALIVE =
      Map.of("TCP_KEEPIDLE", 30, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3);

  private final RedisAddress address;
  private final RedisTls tls;
  private final ThreadPoolExecutor threads;
  private final Set<RedisLine> open = ConcurrentHashMap.newKeySet();
  private volatile int firstSentinel;
  private volatile boolean closed;

  RedisDialer(RedisAddress address) {
    this.address = address;
    this.tls = new RedisTls(address);
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            THREADS_STAY_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            RedisLink::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Begins to connect, and goes on with that after the deadline, in which it may have begun or not.
   *
   * @param server one of the cluster's; null for the address' only server, or for the one that the
   *     Sentinels name now
   * @return has a {@link JedisException} if there is no connection, or Redis refuses
   */
  CompletableFuture<RedisLine> dial(@Nullable HostAndPort server, Deadline deadline) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            if (deadline.left() < 0) { // nobody waits any more
              throw new JedisConnectionException("No thread was free to connect to " + address);
            }
            return dialled(server, Deadline.in(ATTEMPT));
          },
          threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new JedisException("Closed", e));
    }
  }

  private RedisLine dialled(@Nullable HostAndPort server, Deadline deadline) {
    String master = address.master();
    if (server != null) {
      return loggedIn(server, deadline);
    }
    if (master == null) {
      return loggedIn(address.hosts().get(0), deadline);
    }
    try {
      return loggedIn(named(master, deadline), deadline);
    } catch (JedisException e) {
      doubt();
      throw e;
    }
  }

  /** The server was not the master, or is not there: next time, another Sentinel is asked first. */
  void doubt() {
    firstSentinel = (firstSentinel + 1) % address.hosts().size();
  }

  private RedisLine loggedIn(HostAndPort server, Deadline deadline) {
    RedisLine line = connected(server, deadline);
    boolean usable = false;
    try {
      login(line, deadline);
      usable = true;
      return line;
    } finally {
      if (!usable) {
        close(line);
      }
    }
  }

  private void login(RedisLine line, Deadline deadline) {
    String user = address.user();
    String password = address.password();
    Object unused;
    if (user != null && password != null) {
      unused = line.ask(deadline, Command.AUTH, user.getBytes(UTF_8), password.getBytes(UTF_8));
    } else if (password != null) {
      unused = line.ask(deadline, Command.AUTH, password.getBytes(UTF_8));
    }
    if (address.database() != 0) {
      byte[] database = Integer.toString(address.database()).getBytes(UTF_8);
      unused = line.ask(deadline, Command.SELECT, database);
    }
    // Where it loads its data still, or takes no more clients, this says so.
    unused = line.ask(deadline, Command.PING);
  }

  private HostAndPort named(String master, Deadline deadline) {
    List<HostAndPort> sentinels = address.hosts();
    int first = firstSentinel;
    JedisException last = new JedisException("No Sentinel");
    for (int i = 0; i < sentinels.size(); i++) {
      int asked = (first + i) % sentinels.size();
      try {
        // Not all of the time, for the next may answer.
        HostAndPort named = named(master, sentinels.get(asked), deadline.within(CONNECT));
        firstSentinel = asked;
        return named;
      } catch (JedisException e) {
        last = e;
      }
    }
    throw new JedisConnectionException("No Sentinel at " + address + " names the master", last);
  }

  private HostAndPort named(String master, HostAndPort sentinel, Deadline deadline) {
    RedisLine line = connected(sentinel, deadline);
    try {
      byte[] question = "get-master-addr-by-name".getBytes(UTF_8);
      Object answer = line.ask(deadline, Command.SENTINEL, question, master.getBytes(UTF_8));
      if (answer instanceof List<?> parts && parts.size() == 2) {
        String host = new String((byte[]) parts.get(0), UTF_8);
        return new HostAndPort(host, Integer.parseInt(new String((byte[]) parts.get(1), UTF_8)));
      }
    } finally {
      close(line);
    }
    throw new JedisException(
        "The Sentinel at " + sentinel + " knows no master of the name after #; check it.");
  }

  private RedisLine connected(HostAndPort server, Deadline deadline) {
    RedisLine line = new RedisLine();
    open.add(line);
    boolean usable = false;
    try {
      line.open(deadline, plain -> connect(plain, server, deadline));
      usable = !closed; // a moment ago
    } catch (IOException e) {
      throw new JedisConnectionException("No connection to " + server, e);
    } finally {
      if (!usable) {
        close(line);
      }
    }
    return line;
  }

  private Socket connect(Socket plain, HostAndPort server, Deadline deadline) throws IOException {
    InetAddress host = InetAddress.getByName(server.getHost());
    plain.connect(
        new InetSocketAddress(host, server.getPort()), deadline.within(CONNECT).leftMillis());
    plain.setTcpNoDelay(true);
    keepAlive(plain);
    return address.isTls() ? tls.over(plain, server, deadline) : plain;
  }

  @SuppressWarnings("unchecked") // these three are numbers, where a platform has them
  private static void keepAlive(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    for (SocketOption<?> option : socket.supportedOptions()) {
      Integer value = KEEP_ALIVE.get(option.name());
      if (value != null) {
        socket.setOption((SocketOption<Integer>) option, value);
      }
    }
  }

  /** Ends one of them. */
  void close(RedisLine line) {
    open.remove(line);
    try {
      line.close();
    } catch (IOException e) {
      log.debug("A connection to Redis at {} was not closed well.", address, e);
    }
  }

  /**
   * Ends those that are waited for longer than they may: a write to a server that reads nothing has
   * no timeout of its own.
   */
  void closeOverdue() {
    for (RedisLine line : open) {
      if (line.isOverdue(OVERDUE)) {
        close(line);
      }
    }
  }

  /** Ends all of them, and the threads; no more are opened. */
  @Override
  public void close() {
    closed = true;
    List<Runnable> unused = threads.shutdownNow();
    open.forEach(this::close);
    try {
      if (!threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("An attempt to connect to Redis at {} did not end in time.", address);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
