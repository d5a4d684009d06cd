package io.anynode.captcha.telemetry;

import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Telemetry.Operation;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A store whose calls are timed as a request sees them: what is refused at once while the store is
 * known to be at fault is a fault as well.
 */
public final class TimedStore implements SessionStore {

  private final SessionStore store;
  private final Times times;
  private final SessionRepository<? extends Session> sessions;

  /**
   * Wraps a store.
   *
   * @param store is closed by {@link #close()}
   * @param telemetry is told of each call
   * @param nanoTime as {@link System#nanoTime()}
   */
  public TimedStore(SessionStore store, Telemetry telemetry, LongSupplier nanoTime) {
    this.store = store;
    this.times = new Times(telemetry, nanoTime);
    this.sessions = timed(store.sessions());
  }

  private <S extends Session> SessionRepository<S> timed(SessionRepository<S> repository) {
    return new Timed<>(repository, times);
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return sessions;
  }

  @Override
  public @Nullable String claim(String sessionId, String attribute) {
    return times.<@Nullable String>of(Operation.CLAIM, () -> store.claim(sessionId, attribute));
  }

  @Override
  public String agree(String name, String proposal) {
    return times.of(Operation.AGREE, () -> store.agree(name, proposal));
  }

  @Override
  public Counters counters() {
    return new TimedCounters(store.counters(), times);
  }

  @Override
  public void close() {
    store.close();
  }

  private record Times(Telemetry telemetry, LongSupplier nanoTime) {

    <T extends @Nullable Object> T of(Operation operation, Supplier<T> work) {
      long begun = nanoTime.getAsLong();
      boolean failed = false;
      try {
        return work.get();
      } catch (StoreUnavailableException e) {
        failed = true;
        throw e;
      } finally {
        telemetry.stored(operation, nanoTime.getAsLong() - begun, failed);
      }
    }

    void of(Operation operation, Runnable work) {
      var unused =
          of(
              operation,
              () -> {
                work.run();
                return true;
              });
    }
  }

  private record Timed<S extends Session>(SessionRepository<S> repository, Times times)
      implements SessionRepository<S> {

    /** Reaches no store. */
    @Override
    public S createSession() {
      return repository.createSession();
    }

    @Override
    public void save(S session) {
      times.of(Operation.SAVE, () -> repository.save(session));
    }

    @Override
    public @Nullable S findById(String id) {
      return times.<@Nullable S>of(Operation.FIND, () -> repository.findById(id));
    }

    @Override
    public void deleteById(String id) {
      times.of(Operation.DELETE, () -> repository.deleteById(id));
    }
  }

  private record TimedCounters(Counters counters, Times times) implements Counters {

    @Override
    public Count add(String name, long amount, Duration window) {
      return times.of(Operation.COUNT, () -> counters.add(name, amount, window));
    }

    @Override
    public void takeBack(String name, long amount) {
      times.of(Operation.COUNT, () -> counters.takeBack(name, amount));
    }

    @Override
    public List<Long> read(List<String> names) {
      return times.of(Operation.COUNT, () -> counters.read(names));
    }
  }
}
