package io.anynode.captcha.session.memory;

import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.Sweeper;
import io.anynode.captcha.settings.SessionSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionRepository;

/**
 * Sessions in this JVM: for one node. They end with it, and attributes are kept as the objects they
 * are, so that they need not be serializable. It has no faults, so it never throws {@code
 * StoreUnavailableException}.
 */
public final class MemoryStore implements SessionStore {

  private final Backing backing;
  private final MemoryRepository sessions;
  private final Sweeper sweeper;

  private MemoryStore(Backing backing, SessionSettings settings) {
    this.backing = backing;
    this.sessions =
        new MemoryRepository(backing, settings.timeout(), SessionIds.of(settings.cookie()));
    this.sweeper = new Sweeper(settings.cleanup(), backing::sweep);
  }

  /**
   * Opens an empty store.
   *
   * @param settings its timeout, cleanup and cookie are used
   */
  public static MemoryStore open(SessionSettings settings) {
    return over(new Backing(), settings);
  }

  /** One more node over the same memory. */
  static MemoryStore over(Backing backing, SessionSettings settings) {
    return new MemoryStore(backing, settings);
  }

  @Override
  public SessionRepository<DeltaSession> sessions() {
    return sessions;
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    Backing.Stored stored = backing.alive(sessionId);
    if (stored != null
        && stored.attributes.get(attribute) instanceof String content
        && stored.attributes.remove(attribute, content)) {
      return new Claimed(content, stored.created);
    }
    return null;
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    Backing.Stored stored = backing.alive(sessionId);
    return stored != null && stored.attributes.get(attribute) instanceof String content
        ? content
        : null;
  }

  @Override
  public String agree(String name, String proposal) {
    return Objects.requireNonNullElse(backing.agreed.putIfAbsent(name, proposal), proposal);
  }

  @Override
  public Counters counters() {
    return backing.counters;
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
