package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.CarefulRepository;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.SessionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import redis.clients.jedis.Protocol.Command;

/**
 * Sessions in Redis 6 or later or in Valkey: one server, Sentinel, or Cluster.
 *
 * <p>A session is the hash {@code <namespace>:sessions:<id>} that Spring Session's {@code
 * RedisSessionRepository} makes; Redis itself expires it. What the nodes agree on is {@code
 * <namespace>:agreed:<name>}, which has no expiry: with a {@code maxmemory-policy} of {@code
 * allkeys-…} Redis might evict it. A failover before the claim reached the replica revives the
 * claimed challenge, as it loses every write of that moment.
 *
 * <p>What an ACL user needs stands in the chapter on sessions (src/site/markdown/sessions.md).
 */
public final class RedisStore implements SessionStore {

  private final RedisLink link;
  private final AttributeCodec codec;
  private final String namespace;
  private final String fault;
  private final SessionRepository<? extends Session> sessions;

  /**
   * Looks at the address without reaching it.
   *
   * @throws IllegalArgumentException if it is malformed; the message tells no password
   */
  public static void check(SessionSettings.Redis settings) {
    RedisAddress unused = RedisAddress.parse(settings.uri().value());
  }

  private RedisStore(SessionSettings settings, AttributeCodec codec) {
    RedisAddress address = RedisAddress.parse(settings.redis().uri().value());
    this.codec = codec;
    this.namespace = settings.redis().namespace();
    this.fault =
        "Redis at "
            + address
            + " cannot be reached, refuses, or answers too late; the cause says which."
            + " Check captcha.session.redis.uri, and that the server is up, takes this user and"
            + " password, accepts writes and has memory left.";
    this.link = new RedisLink(address, settings.redis().poolSize(), settings.redis().timeout());

    RedisSessionRepository repository =
        new RedisSessionRepository(SessionOperations.over(link, codec));
    repository.setRedisKeyNamespace(namespace);
    repository.setDefaultMaxInactiveInterval(settings.timeout());
    repository.setSessionIdGenerator(SessionIds.of(settings.cookie()));
    repository.setRedisSessionMapper(new SessionMapper());
    // Spring Session's defaults, and the only ones under which a claimed field stays claimed.
    repository.setSaveMode(SaveMode.ON_SET_ATTRIBUTE);
    repository.setFlushMode(FlushMode.ON_SAVE);
    this.sessions = careful(repository, fault);
  }

  /** Catches the repository's own session type, which has no name outside its package. */
  private static <S extends Session> SessionRepository<S> careful(
      SessionRepository<S> repository, String fault) {
    return new CarefulRepository<>(repository, fault);
  }

  /**
   * Opens the store. It begins to connect and waits for nothing: Redis may be down.
   *
   * @param settings the address, the namespace and the timeout
   * @param codec writes and reads the values
   * @throws IllegalArgumentException if {@code captcha.session.redis.uri} is not understood, see
   *     {@link RedisAddress}
   */
  public static RedisStore open(SessionSettings settings, AttributeCodec codec) {
    return new RedisStore(settings, codec);
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return sessions;
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    byte[] key = (namespace + ":sessions:" + sessionId).getBytes(UTF_8);
    byte[] field = ("sessionAttr:" + attribute).getBytes(UTF_8);
    return reached(
        () -> {
          List<?> taken = (List<?>) link.run(Script.CLAIM, new byte[][] {key}, field);
          return taken == null || taken.isEmpty() ? null : claimed(taken);
        });
  }

  private Claimed claimed(List<?> taken) {
    String content = Objects.requireNonNull(codec.readText((byte[]) taken.get(0)));
    Long created = (Long) codec.read((byte[]) taken.get(1));
    return new Claimed(content, Instant.ofEpochMilli(created));
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    byte[] key = (namespace + ":sessions:" + sessionId).getBytes(UTF_8);
    byte[] field = ("sessionAttr:" + attribute).getBytes(UTF_8);
    return reached(
        () -> {
          byte[] value = (byte @Nullable []) link.ask(key, Command.HGET, key, field);
          return value == null ? null : codec.readText(value);
        });
  }

  @Override
  public String agree(String name, String proposal) {
    byte[] key = (namespace + ":agreed:" + name).getBytes(UTF_8);
    byte[] value = proposal.getBytes(UTF_8);
    return reached(
        () -> {
          Object agreed = link.run(Script.AGREE, new byte[][] {key}, value);
          return new String((byte[]) Objects.requireNonNull(agreed), UTF_8);
        });
  }

  @Override
  public Counters counters() {
    return new SharedCounts();
  }

  /** Counts under {@code <namespace>:counts:<name>}; Redis itself forgets them. */
  private final class SharedCounts implements Counters {

    @Override
    public Count add(String name, long amount, Duration window) {
      byte[] added = Long.toString(amount).getBytes(UTF_8);
      byte[] millis = Long.toString(Math.max(1, window.toMillis())).getBytes(UTF_8);
      return reached(
          () -> {
            List<?> answer =
                (List<?>)
                    Objects.requireNonNull(
                        link.run(Script.COUNT, new byte[][] {key(name)}, added, millis));
            return new Count((Long) answer.get(0), Duration.ofMillis((Long) answer.get(1)));
          });
    }

    @Override
    public void takeBack(String name, long amount) {
      byte[] taken = Long.toString(amount).getBytes(UTF_8);
      Object unused = reached(() -> link.run(Script.TAKE_BACK, new byte[][] {key(name)}, taken));
    }

    @Override
    public List<Long> read(List<String> names) {
      List<byte[]> keys = names.stream().map(this::key).toList();
      return reached(
          () ->
              link.values(keys).stream()
                  .map(value -> value == null ? 0L : Long.valueOf(new String(value, UTF_8)))
                  .toList());
    }

    private byte[] key(String name) {
      return (namespace + ":counts:" + name).getBytes(UTF_8);
    }
  }

  private <T extends @Nullable Object> T reached(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new StoreUnavailableException(fault, e);
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
