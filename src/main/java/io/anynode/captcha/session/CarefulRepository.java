package io.anynode.captcha.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A Spring Session repository as {@link SessionStore} promises it: a fault is a {@link
 * StoreUnavailableException}; an attribute that cannot be serialized is left out of the store, and
 * the rest of its session is saved; a session with an attribute that cannot be read here is absent,
 * so that it costs its visitor a new session and not an error at each request. The log names each
 * such attribute once.
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
  private final FirstTimes unstorable = new FirstTimes();
  private final FirstTimes unreadable = new FirstTimes();

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
    Map<String, Object> leftOut = new LinkedHashMap<>();
    try {
      while (!isSaved(session, leftOut)) {
        // One more is left out now.
      }
    } finally {
      leftOut.forEach(session::setAttribute); // the rest of this request still sees them
    }
  }

  /** Saves, or takes out of the session what keeps it from being saved. */
  private boolean isSaved(S session, Map<String, Object> leftOut) {
    try {
      return translating(
          () -> {
            delegate.save(session);
            return true;
          });
    } catch (UnstorableAttributeException e) {
      Object value = e.value();
      List<String> names =
          session.getAttributeNames().stream()
              .filter(name -> value != null && session.<Object>getAttribute(name) == value)
              .toList();
      if (value == null || names.isEmpty()) {
        throw e;
      }
      for (String name : names) {
        tell(name, value, e);
        leftOut.put(name, value);
        session.removeAttribute(name);
      }
      return false;
    }
  }

  private void tell(String name, Object value, UnstorableAttributeException e) {
    String shown = printable(name);
    if (unstorable.isFirst(shown + ' ' + value.getClass().getName())) {
      log.warn(
          "The session attribute {} is not stored, and later requests do not find it. {}"
              + " Or set captcha.session.scope=captcha, which leaves the application its own"
              + " session.",
          shown,
          e.getMessage());
    }
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
    String name = "(not known)";
    try {
      S session = delegate.findById(id);
      if (session != null) {
        for (String attribute : session.getAttributeNames()) {
          name = attribute;
          Object unused = session.getAttribute(attribute);
        }
      }
      return session;
    } catch (RuntimeException e) {
      UnreadableAttributeException fault = causeIn(e, UnreadableAttributeException.class);
      if (fault == null) {
        throw e;
      }
      String shown = printable(Objects.requireNonNullElse(fault.attribute(), name));
      if (unreadable.isFirst(shown)) {
        log.warn(
            "A session is taken as absent, its visitor gets a new one: attribute {}. {}"
                + " Deploy its class on every node, or let such sessions expire.",
            shown,
            fault.getMessage());
      }
      return null;
    }
  }

  private <T extends @Nullable Object> T translating(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException | UnstorableAttributeException e) {
      throw e;
    } catch (RuntimeException e) {
      UnstorableAttributeException value = causeIn(e, UnstorableAttributeException.class);
      if (value != null) {
        throw value;
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
