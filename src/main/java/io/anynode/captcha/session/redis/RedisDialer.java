package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anynode.captcha.session.redis.RedisAddress.Verify;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Opens connections that are logged in and answer, and knows all that are open. */
final class RedisDialer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisDialer.class);

  private static final long CONNECT = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long OVERDUE = TimeUnit.MILLISECONDS.toNanos(250);

  /** So that a host that lost its power is noticed in a minute, also by what waits for nothing. */
  private static final Map<String, Integer> KEEP_ALIVE =
      Map.of("TCP_KEEPIDLE", 30, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3);

  private final RedisAddress address;
  private final Set<RedisLine> open = ConcurrentHashMap.newKeySet();
  private volatile int firstSentinel;
  private volatile boolean closed;

  RedisDialer(RedisAddress address) {
    this.address = address;
  }

  /**
   * Connects to the address' only server, or to the one that the Sentinels name now.
   *
   * @param until when the attempt ends, by {@link System#nanoTime}
   * @throws JedisException if there is no connection, or Redis refuses
   */
  RedisLine dial(long until) {
    String master = address.master();
    return dial(master == null ? address.hosts().get(0) : named(master, until), until);
  }

  /** Connects to one of the servers. */
  RedisLine dial(HostAndPort server, long until) {
    RedisLine line = connected(server, until);
    try {
      login(line, until);
      return line;
    } catch (RuntimeException e) {
      close(line);
      throw e;
    }
  }

  private void login(RedisLine line, long until) {
    String user = address.user();
    String password = address.password();
    Object unused;
    if (user != null && password != null) {
      unused = line.ask(until, Command.AUTH, user.getBytes(UTF_8), password.getBytes(UTF_8));
    } else if (password != null) {
      unused = line.ask(until, Command.AUTH, password.getBytes(UTF_8));
    }
    if (address.database() != 0) {
      byte[] database = Integer.toString(address.database()).getBytes(UTF_8);
      unused = line.ask(until, Command.SELECT, database);
    }
    // Where it loads its data still, or takes no more clients, this says so.
    unused = line.ask(until, Command.PING);
  }

  /** Asks the Sentinels in turn; one that did not answer is not asked first again. */
  private HostAndPort named(String master, long until) {
    List<HostAndPort> sentinels = address.hosts();
    JedisException last = new JedisException("No Sentinel");
    for (int i = 0; i < sentinels.size(); i++) {
      int asked = (firstSentinel + i) % sentinels.size();
      try {
        // Not all of the time, for the next may answer.
        long limit = Math.min(until, System.nanoTime() + CONNECT);
        HostAndPort named = named(master, sentinels.get(asked), limit);
        firstSentinel = asked;
        return named;
      } catch (JedisException e) {
        last = e;
        firstSentinel = (asked + 1) % sentinels.size();
      }
    }
    throw new JedisConnectionException("No Sentinel at " + address + " names the master", last);
  }

  private HostAndPort named(String master, HostAndPort sentinel, long until) {
    RedisLine line = connected(sentinel, until);
    try {
      byte[] question = "get-master-addr-by-name".getBytes(UTF_8);
      Object answer = line.ask(until, Command.SENTINEL, question, master.getBytes(UTF_8));
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

  private RedisLine connected(HostAndPort server, long until) {
    Socket plain = new Socket();
    try {
      connect(plain, server, until);
      plain.setTcpNoDelay(true);
      keepAlive(plain);
      RedisLine line = new RedisLine(plain, address.isTls() ? tls(plain, server, until) : plain);
      open.add(line);
      if (closed) { // a moment ago
        close(line);
        throw new JedisException("Closed");
      }
      return line;
    } catch (IOException | GeneralSecurityException e) {
      try {
        plain.close();
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      throw new JedisConnectionException("No connection to " + server, e);
    }
  }

  private static void connect(Socket socket, HostAndPort server, long until) throws IOException {
    long left = Math.min(CONNECT, until - System.nanoTime());
    InetAddress host = InetAddress.getByName(server.getHost());
    socket.connect(
        new InetSocketAddress(host, server.getPort()),
        (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
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

  private Socket tls(Socket plain, HostAndPort server, long until)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust(), null);
    SSLSocket tls =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, server.getHost(), server.getPort(), true);
    if (address.verify() == Verify.FULL) {
      SSLParameters checked = tls.getSSLParameters();
      checked.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(checked);
    }
    long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    tls.setSoTimeout((int) Math.max(1, left));
    tls.startHandshake();
    return tls;
  }

  /** Read anew for each connection: a renewed trust store needs no restart. */
  private TrustManager @Nullable [] trust() throws GeneralSecurityException {
    if (address.verify() == Verify.NONE) {
      return new TrustManager[] {new TrustAll()};
    }
    TrustManagerFactory jvms =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jvms.init((KeyStore) null);
    return jvms.getTrustManagers();
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
   * Ends those that wait for longer than they may: a write to a server that reads nothing has no
   * timeout of its own.
   */
  void closeOverdue() {
    for (RedisLine line : open) {
      if (line.isOverdue(OVERDUE)) {
        close(line);
      }
    }
  }

  /** Ends all of them; no more are opened. */
  @Override
  public void close() {
    closed = true;
    open.forEach(this::close);
  }
}
