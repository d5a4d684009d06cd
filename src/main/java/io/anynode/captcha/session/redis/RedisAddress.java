package io.anynode.captcha.session.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/**
 * Where Redis is, as {@code captcha.session.redis.uri} says it.
 *
 * <ul>
 *   <li>{@code redis://[[user]:password@]host[:6379][/database]}: one server
 *   <li>{@code redis-sentinel://[[user]:password@]host[:26379],…[/database]#master}: the server
 *       that Sentinel names; user and password are the server's
 *   <li>{@code redis-cluster://[[user]:password@]host[:6379],…}: a Redis Cluster, by some of its
 *       nodes
 * </ul>
 *
 * <p>{@code rediss}, {@code rediss-sentinel} and {@code rediss-cluster} are the same over TLS, to
 * the Sentinels too. The certificate is checked against the JVM's trust store ({@code
 * javax.net.ssl.trustStore}) and the host's name; {@code ?verifyPeer=CA} leaves the name out,
 * {@code ?verifyPeer=NONE} checks nothing. Special characters in user and password are
 * percent-encoded.
 *
 * <p>Immutable; reading one reaches no server. {@link #toString} tells no user and no password, and
 * neither do the errors.
 */
public final class RedisAddress {

  private enum Kind {
    SINGLE("redis", Protocol.DEFAULT_PORT),
    SENTINEL("redis-sentinel", Protocol.DEFAULT_SENTINEL_PORT),
    CLUSTER("redis-cluster", Protocol.DEFAULT_PORT);

    private final String scheme;
    private final int port;

    Kind(String scheme, int port) {
      this.scheme = scheme;
      this.port = port;
    }
  }

  /** How much of a server's certificate is checked. */
  enum Verify {
    /** That the JVM trusts it, and that it is this host's. */
    FULL,
    /** That the JVM trusts it. */
    CA,
    NONE
  }

  /** A name or an IPv4 address; an IPv6 address in brackets, or without if no port follows. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:([A-Za-z0-9._-]+)|\\[([0-9A-Fa-f:.]+)])(?::([0-9]{1,5}))?"
              + "|([0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)");

  private static final int LAST_PORT = 65535;

  private final Kind kind;
  private final boolean tls;
  private final Verify verify;
  private final List<HostAndPort> hosts;
  private final @Nullable String user;
  private final @Nullable String password;
  private final int database;
  private final @Nullable String master;

  private RedisAddress(URI uri) {
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    tls = scheme.startsWith("rediss");
    String plain = tls ? "redis" + scheme.substring("rediss".length()) : scheme;
    kind =
        Stream.of(Kind.values())
            .filter(known -> known.scheme.equals(plain))
            .findFirst()
            .orElseThrow(() -> invalid("its scheme is unknown"));

    String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    int at = authority.lastIndexOf('@');
    String[] login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
    user = login.length < 2 || login[0].isEmpty() ? null : decoded(login[0]);
    String secret = login.length == 0 ? "" : login[login.length - 1];
    password = secret.isEmpty() ? null : decoded(secret);
    if (user != null && password == null) {
      throw invalid("it has a user but no password");
    }
    hosts =
        Stream.of(authority.substring(at + 1).split(",", -1))
            .map(host -> host(host, kind))
            .toList();
    if (kind == Kind.SINGLE && hosts.size() > 1) {
      throw invalid("several hosts are for redis-sentinel and redis-cluster");
    }

    database = database(Optional.ofNullable(uri.getPath()).orElse(""));
    if (kind == Kind.CLUSTER && database != 0) {
      throw invalid("a cluster has no databases");
    }
    master = uri.getFragment();
    if ((kind == Kind.SENTINEL) != (master != null && !master.isEmpty())) {
      throw invalid("#master is needed with redis-sentinel, and has no place elsewhere");
    }
    verify = verify(uri.getQuery());
  }

  /**
   * Reads an address.
   *
   * @param uri what {@code captcha.session.redis.uri} says
   * @throws IllegalArgumentException if it is none of the forms above; the message says which part
   *     is wrong and what is allowed, and repeats nothing of it
   */
  public static RedisAddress parse(String uri) {
    try {
      return new RedisAddress(new URI(uri.strip()));
    } catch (URISyntaxException e) {
      // The exception is no cause: its message repeats the password.
      throw invalid("percent-encode the special characters in user and password");
    }
  }

  private static HostAndPort host(String text, Kind kind) {
    Matcher parts = HOST.matcher(text);
    // A slip in a password's encoding can make a part of it look like a host.
    if (!parts.matches()) {
      throw invalid("a host or port is missing or wrong");
    }
    String name =
        Stream.of(1, 2, 4).map(parts::group).filter(part -> part != null).findFirst().orElseThrow();
    int port = parts.group(3) == null ? kind.port : Integer.parseInt(parts.group(3));
    if (port > LAST_PORT) {
      throw invalid("a host or port is missing or wrong");
    }
    return new HostAndPort(name, port);
  }

  private static int database(String path) {
    if (path.length() < 2) {
      return 0;
    }
    if (!path.matches("/[0-9]{1,5}")) {
      throw invalid("the database is a number");
    }
    return Integer.parseInt(path.substring(1));
  }

  private static Verify verify(@Nullable String query) {
    if (query == null) {
      return Verify.FULL;
    }
    return Stream.of(Verify.values())
        .filter(mode -> query.equalsIgnoreCase("verifyPeer=" + mode))
        .findFirst()
        .orElseThrow(() -> invalid("the only parameter is verifyPeer, with FULL, CA or NONE"));
  }

  private static String decoded(String raw) {
    return StringUtils.uriDecode(raw, StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException(
        "captcha.session.redis.uri is not understood: "
            + reason
            + ". Allowed: redis://user:password@host:6379/0,"
            + " redis-sentinel://:password@host:26379,host:26379/0#master,"
            + " redis-cluster://user:password@host:7000,host:7001;"
            + " with rediss in place of redis for TLS.");
  }

  boolean isCluster() {
    return kind == Kind.CLUSTER;
  }

  boolean isTls() {
    return tls;
  }

  Verify verify() {
    return verify;
  }

  /** The server, the Sentinels, or some of the cluster. */
  List<HostAndPort> hosts() {
    return hosts;
  }

  @Nullable String user() {
    return user;
  }

  @Nullable String password() {
    return password;
  }

  int database() {
    return database;
  }

  /** What the Sentinels know the server by; null where there are none. */
  @Nullable String master() {
    return master;
  }

  /** Hosts and ports, for logs and errors. */
  @Override
  public String toString() {
    return String.join(", ", hosts.stream().map(RedisAddress::told).toList());
  }

  private static String told(HostAndPort host) {
    return host.getHost().contains(":")
        ? "[" + host.getHost() + "]:" + host.getPort()
        : host.toString();
  }
}
