package io.anynode.captcha.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Writes the time of a session's last access only when a part of the time it lives has passed since
 * the one that is stored, or when something else is written anyway: a page that only reads its
 * session costs no write.
 *
 * @param <S> the session of the repository below
 */
public final class SparingRepository<S extends Session>
    implements SessionRepository<SparingRepository.Spared<S>> {

  private static final int ALL = 100;

  private final SessionRepository<S> repository;
  private final int percent;

  /**
   * Wraps a repository.
   *
   * @param percent how much of the time that a session lives may pass before its last access is
   *     written; 0 writes each
   */
  public SparingRepository(SessionRepository<S> repository, int percent) {
    this.repository = repository;
    this.percent = percent;
  }

  @Override
  public Spared<S> createSession() {
    return new Spared<>(repository.createSession(), percent);
  }

  @Override
  public void save(Spared<S> session) {
    repository.save(session.stored);
  }

  @Override
  public @Nullable Spared<S> findById(String id) {
    S found = repository.findById(id);
    return found == null ? null : new Spared<>(found, percent);
  }

  @Override
  public void deleteById(String id) {
    repository.deleteById(id);
  }

  /**
   * A session whose last access is written later.
   *
   * @param <S> the session of the repository below
   */
  public static final class Spared<S extends Session> implements Session {

    private final S stored;
    private final int percent;
    private @Nullable Instant unwritten;

    private Spared(S stored, int percent) {
      this.stored = stored;
      this.percent = percent;
    }

    /** The session with its last access in it, since something is written anyway. */
    private S changed() {
      Instant access = unwritten;
      if (access != null) {
        stored.setLastAccessedTime(access);
        unwritten = null;
      }
      return stored;
    }

    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {
      Duration since = Duration.between(stored.getLastAccessedTime(), lastAccessedTime);
      Duration spared = stored.getMaxInactiveInterval().multipliedBy(percent).dividedBy(ALL);
      if (since.isNegative() || since.compareTo(spared) >= 0) {
        unwritten = null;
        stored.setLastAccessedTime(lastAccessedTime);
      } else {
        unwritten = lastAccessedTime;
      }
    }

    @Override
    public Instant getLastAccessedTime() {
      Instant access = unwritten;
      return access == null ? stored.getLastAccessedTime() : access;
    }

    @Override
    public String getId() {
      return stored.getId();
    }

    @Override
    public String changeSessionId() {
      return changed().changeSessionId();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface is Spring Session's
    public <T> @Nullable T getAttribute(String attributeName) {
      return stored.getAttribute(attributeName);
    }

    @Override
    public Set<String> getAttributeNames() {
      return stored.getAttributeNames();
    }

    @Override
    public void setAttribute(String attributeName, @Nullable Object attributeValue) {
      if (attributeValue == null) {
        removeAttribute(attributeName);
      } else {
        changed().setAttribute(attributeName, attributeValue);
      }
    }

    @Override
    public void removeAttribute(String attributeName) {
      changed().removeAttribute(attributeName);
    }

    @Override
    public Instant getCreationTime() {
      return stored.getCreationTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
      changed().setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
      return stored.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
      return stored.isExpired();
    }
  }
}
