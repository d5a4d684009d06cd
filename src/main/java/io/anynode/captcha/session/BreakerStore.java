package io.anynode.captcha.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Any store behind a {@link Breaker}: the one place through which all calls go. */
final class BreakerStore implements SessionStore, Waiting {

  private final SessionStore store;
  private final Breaker breaker;
  private final SessionRepository<? extends Session> sessions;

  /**
   * Wraps a store.
   *
   * @param store is closed by {@link #close()}
   * @param timeout how long it lets a call wait
   */
  BreakerStore(SessionStore store, Duration timeout) {
    this.store = store;
    this.breaker = new Breaker(timeout, System::nanoTime);
    this.sessions = guarded(store.sessions());
  }

  private <S extends Session> SessionRepository<S> guarded(SessionRepository<S> repository) {
    return new Guarded<>(repository, breaker);
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return sessions;
  }

  @Override
  public @Nullable String claim(String sessionId, String attribute) {
    return breaker.<@Nullable String>call(() -> store.claim(sessionId, attribute));
  }

  @Override
  public String agree(String name, String proposal) {
    return breaker.call(() -> store.agree(name, proposal));
  }

  @Override
  public Counters counters() {
    return new GuardedCounters(store.counters(), breaker);
  }

  @Override
  public void begin() {
    breaker.begin();
  }

  @Override
  public void end() {
    breaker.end();
  }

  @Override
  public void close() {
    store.close();
  }

  private record Guarded<S extends Session>(SessionRepository<S> repository, Breaker breaker)
      implements SessionRepository<S> {

    /** Reaches no store, at least not at each call, and so proves nothing. */
    @Override
    public S createSession() {
      return repository.createSession();
    }

    @Override
    public void save(S session) {
      var unused =
          breaker.call(
              () -> {
                repository.save(session);
                return true;
              });
    }

    @Override
    public @Nullable S findById(String id) {
      return breaker.<@Nullable S>call(() -> repository.findById(id));
    }

    @Override
    public void deleteById(String id) {
      var unused =
          breaker.call(
              () -> {
                repository.deleteById(id);
                return true;
              });
    }
  }

  private record GuardedCounters(Counters counters, Breaker breaker) implements Counters {

    @Override
    public Count add(String name, long amount, Duration window) {
      return breaker.call(() -> counters.add(name, amount, window));
    }

    @Override
    public void takeBack(String name, long amount) {
      var unused =
          breaker.call(
              () -> {
                counters.takeBack(name, amount);
                return true;
              });
    }

    @Override
    public List<Long> read(List<String> names) {
      return breaker.call(() -> counters.read(names));
    }
  }
}
