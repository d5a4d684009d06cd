package io.anynode.captcha.session.redis;

import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.data.redis.RedisSessionMapper;

/**
 * Spring Session's mapper, for which half a hash is no session instead of an error at each request;
 * the repository then deletes it.
 */
final class SessionMapper implements BiFunction<String, Map<String, Object>, @Nullable MapSession> {

  static final String CREATION_TIME = "creationTime";

  private final RedisSessionMapper mapper = new RedisSessionMapper();

  @Override
  public @Nullable MapSession apply(String sessionId, Map<String, Object> fields) {
    boolean whole =
        fields.get(CREATION_TIME) instanceof Long
            && fields.get("lastAccessedTime") instanceof Long
            && fields.get("maxInactiveInterval") instanceof Integer;
    return whole ? alive(mapper.apply(sessionId, fields)) : null;
  }

  /**
   * Redis ends sessions by its own clock: one that is there has not expired, whatever ours says.
   */
  private static MapSession alive(MapSession session) {
    if (session.isExpired()) {
      session.setLastAccessedTime(Instant.now());
    }
    return session;
  }
}
