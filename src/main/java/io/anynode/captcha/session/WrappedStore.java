package io.anynode.captcha.session;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Any store all of whose calls go through one place. */
public final class WrappedStore implements SessionStore {

  /** What is asked of a store. */
  public enum Operation {
    /** A session is read. */
    FIND,
    /** What a request changed is written. */
    SAVE,
    /** A session is deleted. */
    DELETE,
    /** A challenge is read, to be shown. */
    READ,
    /** A challenge is claimed. */
    CLAIM,
    /** The nodes agree on a secret. */
    AGREE,
    /** A limit or failed logins are counted. */
    COUNT
  }

  /** The place that they go through. */
  public interface Around {

    /**
     * Makes a call, or refuses to.
     *
     * @param call throws {@link StoreUnavailableException} if the store is at fault
     */
    <T extends @Nullable Object> T call(Operation operation, Supplier<T> call);
  }

  private final SessionStore store;
  private final Around around;
  private final SessionRepository<? extends Session> sessions;

  /**
   * Wraps a store.
   *
   * @param store is closed by {@link #close()}
   */
  public WrappedStore(SessionStore store, Around around) {
    this.store = store;
    this.around = around;
    this.sessions = wrapped(store.sessions());
  }

  private <S extends Session> SessionRepository<S> wrapped(SessionRepository<S> repository) {
    return new Sessions<>(repository, around);
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return sessions;
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    return around.<@Nullable Claimed>call(
        Operation.CLAIM, () -> store.claimWhole(sessionId, attribute));
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    return around.<@Nullable String>call(Operation.READ, () -> store.read(sessionId, attribute));
  }

  @Override
  public String agree(String name, String proposal) {
    return around.call(Operation.AGREE, () -> store.agree(name, proposal));
  }

  @Override
  public Counters counters() {
    return new Counts(store.counters(), around);
  }

  @Override
  public void close() {
    store.close();
  }

  private static void run(Around around, Operation operation, Runnable call) {
    var unused =
        around.call(
            operation,
            () -> {
              call.run();
              return true;
            });
  }

  private record Sessions<S extends Session>(SessionRepository<S> repository, Around around)
      implements SessionRepository<S> {

    /** Reaches no store, at least not at each call, and so says nothing about it. */
    @Override
    public S createSession() {
      return repository.createSession();
    }

    @Override
    public void save(S session) {
      run(around, Operation.SAVE, () -> repository.save(session));
    }

    @Override
    public @Nullable S findById(String id) {
      return around.<@Nullable S>call(Operation.FIND, () -> repository.findById(id));
    }

    @Override
    public void deleteById(String id) {
      run(around, Operation.DELETE, () -> repository.deleteById(id));
    }
  }

  private record Counts(Counters counters, Around around) implements Counters {

    @Override
    public Count add(String name, long amount, Duration window) {
      return around.call(Operation.COUNT, () -> counters.add(name, amount, window));
    }

    @Override
    public void takeBack(String name, long amount) {
      run(around, Operation.COUNT, () -> counters.takeBack(name, amount));
    }

    @Override
    public List<Long> read(List<String> names) {
      return around.call(Operation.COUNT, () -> counters.read(names));
    }
  }
}
