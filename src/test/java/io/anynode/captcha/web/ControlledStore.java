package io.anynode.captcha.web;

import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A store that counts what it is asked, and can be taken down. */
final class ControlledStore implements SessionStore {

  private final SessionStore delegate;
  private final AtomicInteger lookups = new AtomicInteger();
  private volatile boolean down;
  private volatile boolean refusesSaves;
  private volatile boolean closed;

  ControlledStore(SessionStore delegate) {
    this.delegate = delegate;
  }

  /** Nothing works any more. */
  void goDown() {
    down = true;
  }

  /** All works but saving. */
  void refuseSaves() {
    refusesSaves = true;
  }

  /** All works. */
  void comeBack() {
    down = false;
    refusesSaves = false;
  }

  boolean isClosed() {
    return closed;
  }

  int lookups() {
    return lookups.get();
  }

  void forgetCalls() {
    lookups.set(0);
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return new Sessions<>(delegate.sessions());
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    check(down);
    return delegate.claimWhole(sessionId, attribute);
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    check(down);
    return delegate.read(sessionId, attribute);
  }

  @Override
  public String agree(String name, String proposal) {
    check(down);
    return delegate.agree(name, proposal);
  }

  @Override
  public Counters counters() {
    return new Counts(delegate.counters());
  }

  private final class Counts implements Counters {

    private final Counters counters;

    Counts(Counters counters) {
      this.counters = counters;
    }

    @Override
    public Count add(String name, long amount, Duration window) {
      check(down);
      return counters.add(name, amount, window);
    }

    @Override
    public void takeBack(String name, long amount) {
      check(down);
      counters.takeBack(name, amount);
    }

    @Override
    public List<Long> read(List<String> names) {
      check(down);
      return counters.read(names);
    }
  }

  @Override
  public void close() {
    closed = true;
    delegate.close();
  }

  private static void check(boolean fault) {
    if (fault) {
      throw new StoreUnavailableException(
          "The store of the tests is down.", new IOException("secret-of-the-client-library"));
    }
  }

  private final class Sessions<S extends Session> implements SessionRepository<S> {

    private final SessionRepository<S> repository;

    Sessions(SessionRepository<S> repository) {
      this.repository = repository;
    }

    @Override
    public S createSession() {
      return repository.createSession();
    }

    @Override
    public void save(S session) {
      check(down || refusesSaves);
      repository.save(session);
    }

    @Override
    public @Nullable S findById(String id) {
      lookups.incrementAndGet();
      check(down);
      return repository.findById(id);
    }

    @Override
    public void deleteById(String id) {
      check(down);
      repository.deleteById(id);
    }
  }
}
