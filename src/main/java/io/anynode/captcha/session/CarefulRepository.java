package io.anynode.captcha.session;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A Spring Session repository as {@link SessionStore} promises it: a fault is a {@link
 * StoreUnavailableException}, and a session with an attribute that cannot be read here is absent,
 * so that it costs its visitor a new session and not an error at each request.
 *
 * <p>What it cannot read it leaves in the store until it expires: during a rolling restart, a node
 * that has the attribute's class may still serve it.
 *
 * @param <S> the repository's own session
 */
public final class CarefulRepository<S extends Session> implements SessionRepository<S> {

  private static final Logger log = LoggerFactory.getLogger(CarefulRepository.class);

  private final SessionRepository<S> delegate;
  private final String faultMessage;

  /**
   * Wraps a repository.
   *
   * @param delegate the repository that does the work
   * @param faultMessage what a fault's message says: which store, and what to do
   */
  public CarefulRepository(SessionRepository<S> delegate, String faultMessage) {
    this.delegate = delegate;
    this.faultMessage = faultMessage;
  }

  @Override
  public S createSession() {
    return delegate.createSession();
  }

  @Override
  public void save(S session) {
    translating(
        () -> {
          delegate.save(session);
          return true;
        });
  }

  @Override
  public @Nullable S findById(String id) {
    return translating(() -> findReadable(id));
  }

  @Override
  public void deleteById(String id) {
    translating(
        () -> {
          delegate.deleteById(id);
          return true;
        });
  }

  /** Reads each attribute now: a store that reads lazily would fail in the application instead. */
  private @Nullable S findReadable(String id) {
    String name = "(not known: the store reads all at once)";
    try {
      S session = delegate.findById(id);
      if (session != null) {
        for (String attribute : session.getAttributeNames()) {
          name = printable(attribute);
          Object unused = session.getAttribute(attribute);
        }
      }
      return session;
    } catch (RuntimeException e) {
      UnreadableAttributeException unreadable = causeIn(e, UnreadableAttributeException.class);
      if (unreadable == null) {
        throw e;
      }
      log.warn(
          "A session is taken as absent, its visitor gets a new one: attribute {}. {}"
              + " Deploy its class on every node, or let such sessions expire.",
          name,
          unreadable.getMessage());
      return null;
    }
  }

  private <T extends @Nullable Object> T translating(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException | UnstorableAttributeException e) {
      throw e;
    } catch (RuntimeException e) {
      UnstorableAttributeException unstorable = causeIn(e, UnstorableAttributeException.class);
      if (unstorable != null) {
        throw unstorable;
      }
      throw new StoreUnavailableException(faultMessage, e);
    }
  }

  private static <E extends Throwable> @Nullable E causeIn(Throwable thrown, Class<E> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  /** An attribute's name is the application's, but what is in it may be a visitor's. */
  private static String printable(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
