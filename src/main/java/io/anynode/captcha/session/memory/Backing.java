package io.anynode.captcha.session.memory;

import io.anynode.captcha.session.LocalCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;

/** What the memory store holds; several stores over one backing are several nodes, in tests. */
final class Backing {

  /** A session that lies here. It keeps its identity when its id changes. */
  static final class Stored {

    final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>();
    final Instant created;
    volatile Instant lastAccessed;
    volatile Duration maxInactive;

    Stored(Instant created, Instant lastAccessed, Duration maxInactive) {
      this.created = created;
      this.lastAccessed = lastAccessed;
      this.maxInactive = maxInactive;
    }

    MapSession copy(String id) {
      MapSession copy = new MapSession(id);
      copy.setCreationTime(created);
      copy.setLastAccessedTime(lastAccessed);
      copy.setMaxInactiveInterval(maxInactive);
      attributes.forEach(copy::setAttribute);
      return copy;
    }

    boolean isExpired() {
      return !maxInactive.isNegative() && !lastAccessed.plus(maxInactive).isAfter(Instant.now());
    }
  }

  final ConcurrentMap<String, Stored> sessions = new ConcurrentHashMap<>();
  final ConcurrentMap<String, String> agreed = new ConcurrentHashMap<>();
  final LocalCounters counters = new LocalCounters(System::nanoTime);

  /** The session if it is there and alive. */
  @Nullable Stored alive(String id) {
    Stored stored = sessions.get(id);
    return stored == null || stored.isExpired() ? null : stored;
  }

  /** Removes every expired session and count; how many there were. */
  int sweep() {
    int swept = counters.sweep();
    for (Map.Entry<String, Stored> entry : sessions.entrySet()) {
      if (entry.getValue().isExpired() && sessions.remove(entry.getKey(), entry.getValue())) {
        swept++;
      }
    }
    return swept;
  }
}
