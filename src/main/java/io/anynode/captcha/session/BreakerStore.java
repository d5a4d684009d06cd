package io.anynode.captcha.session;

import io.anynode.captcha.session.WrappedStore.Around;
import io.anynode.captcha.session.WrappedStore.Operation;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Any store behind a {@link Breaker}. */
final class BreakerStore implements SessionStore, Waiting {

  private final SessionStore guarded;
  private final Breaker breaker;

  /**
   * Wraps a store.
   *
   * @param store is closed by {@link #close()}
   * @param timeout how long it lets a call wait
   */
  BreakerStore(SessionStore store, Duration timeout) {
    Breaker made = new Breaker(timeout, System::nanoTime);
    this.breaker = made;
    this.guarded =
        new WrappedStore(
            store,
            new Around() {
              @Override
              public <T extends @Nullable Object> T call(Operation operation, Supplier<T> call) {
                return made.call(call);
              }
            });
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return guarded.sessions();
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    return guarded.claimWhole(sessionId, attribute);
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    return guarded.read(sessionId, attribute);
  }

  @Override
  public String agree(String name, String proposal) {
    return guarded.agree(name, proposal);
  }

  @Override
  public Counters counters() {
    return guarded.counters();
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
    guarded.close();
  }
}
