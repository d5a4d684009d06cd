package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anynode.captcha.session.AttributeCodec;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisOperations;
import redis.clients.jedis.Protocol.Command;

/**
 * The six operations that Spring Session's repository asks for, so that a save is one atomic step
 * and one round trip instead of three.
 *
 * <p>A proxy, since the two interfaces have some two hundred methods; one that the repository does
 * not use today is refused, not guessed at.
 */
final class SessionOperations implements InvocationHandler {

  private static final byte[] YES = {'1'};
  private static final byte[] NO = {'0'};

  private final RedisLink link;
  private final AttributeCodec codec;
  private final Object hash = proxy(HashOperations.class, this);

  private SessionOperations(RedisLink link, AttributeCodec codec) {
    this.link = link;
    this.codec = codec;
  }

  @SuppressWarnings("unchecked") // the repository's own types: keys and fields are text
  static RedisOperations<String, Object> over(RedisLink link, AttributeCodec codec) {
    return (RedisOperations<String, Object>)
        proxy(RedisOperations.class, new SessionOperations(link, codec));
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(
        SessionOperations.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
    Object[] given = args == null ? new Object[0] : args;
    return switch (method.getName()) {
      case "opsForHash" -> hash;
      case "entries" -> load(key(given));
      case "putAll" -> save(key(given), (Map<?, ?>) given[1]);
      case "delete" -> {
        byte[] key = key(given);
        yield Long.valueOf(1).equals(link.ask(key, Command.DEL, key));
      }
      case "rename" -> rename(key(given), ((String) given[1]).getBytes(UTF_8));
      // Both are part of the save.
      case "hasKey", "expireAt" -> true;
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private static byte[] key(Object[] args) {
    return ((String) args[0]).getBytes(UTF_8);
  }

  private Map<String, Object> load(byte[] key) {
    Map<String, Object> fields = new HashMap<>();
    if (link.ask(key, Command.HGETALL, key) instanceof List<?> byTurns) {
      for (int i = 0; i < byTurns.size(); i += 2) {
        String field = new String((byte[]) byTurns.get(i), UTF_8);
        byte[] value = (byte[]) byTurns.get(i + 1);
        fields.put(field, codec.read(field.replaceFirst("^sessionAttr:", ""), value));
      }
    }
    return fields;
  }

  private @Nullable Object save(byte[] key, Map<?, ?> delta) {
    List<byte[]> written = new ArrayList<>();
    List<byte[]> gone = new ArrayList<>();
    delta.forEach(
        (name, value) -> {
          byte[] field = ((String) name).getBytes(UTF_8);
          if (value == null) {
            gone.add(field);
          } else {
            written.add(field);
            written.add(codec.write(value));
          }
        });
    save(key, delta.containsKey(SessionMapper.CREATION_TIME), written, gone);
    return null;
  }

  private void save(byte[] key, boolean isNew, List<byte[]> written, List<byte[]> gone) {
    List<byte[]> values = new ArrayList<>();
    values.add(isNew ? YES : NO);
    values.add(Integer.toString(written.size() / 2).getBytes(UTF_8));
    values.addAll(written);
    values.addAll(gone);
    Object unused = link.run(Script.SAVE, new byte[][] {key}, values.toArray(new byte[0][]));
  }

  private @Nullable Object rename(byte[] from, byte[] to) {
    if (!link.isCluster()) {
      return link.run(Script.RENAME, new byte[][] {from, to});
    }
    // A cluster cannot rename from node to node in one step, and a challenge must not be claimable
    // under both ids: it lies under the old one, then nowhere, then under the new one.
    List<byte[]> taken = new ArrayList<>();
    if (link.run(Script.TAKE, new byte[][] {from}) instanceof List<?> fields) {
      fields.forEach(field -> taken.add((byte[]) field));
    }
    if (!taken.isEmpty()) {
      save(to, true, taken, List.of());
    }
    return null;
  }
}
