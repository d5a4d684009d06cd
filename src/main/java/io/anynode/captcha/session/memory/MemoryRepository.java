package io.anynode.captcha.session.memory;

import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.memory.Backing.Stored;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;

/** Saves a request's changes into the one stored session, instead of replacing it. */
final class MemoryRepository implements SessionRepository<DeltaSession> {

  private final Backing backing;
  private final Duration timeout;
  private final SessionIdGenerator ids;

  MemoryRepository(Backing backing, Duration timeout, SessionIdGenerator ids) {
    this.backing = backing;
    this.timeout = timeout;
    this.ids = ids;
  }

  @Override
  public DeltaSession createSession() {
    return DeltaSession.created(timeout, ids);
  }

  @Override
  public void save(DeltaSession session) {
    Stored stored = stored(session);
    if (stored == null) {
      return;
    }
    session
        .changes()
        .forEach(
            (name, value) -> {
              if (value == null) {
                stored.attributes.remove(name);
              } else {
                stored.attributes.put(name, value);
              }
            });
    if (session.isTouched()) {
      stored.lastAccessed = session.getLastAccessedTime();
    }
    if (session.isIntervalChanged()) {
      stored.maxInactive = session.getMaxInactiveInterval();
    }
    session.markSaved();
  }

  /** The session to save into, under the id that it is to have; null if it is gone. */
  private @Nullable Stored stored(DeltaSession session) {
    String id = session.getId();
    String storedId = session.storedId();
    if (storedId == null) {
      Stored created =
          new Stored(
              session.getCreationTime(),
              session.getLastAccessedTime(),
              session.getMaxInactiveInterval());
      backing.sessions.put(id, created);
      return created;
    }
    if (storedId.equals(id)) {
      return backing.sessions.get(id);
    }
    // Of two rotations at once, one finds it; the other has nothing to save into.
    Stored rotated = backing.sessions.remove(storedId);
    if (rotated != null) {
      backing.sessions.put(id, rotated);
    }
    return rotated;
  }

  @Override
  public @Nullable DeltaSession findById(String id) {
    Stored stored = backing.alive(id);
    return stored == null ? null : DeltaSession.stored(stored.copy(id), ids);
  }

  @Override
  public void deleteById(String id) {
    backing.sessions.remove(id);
  }
}
