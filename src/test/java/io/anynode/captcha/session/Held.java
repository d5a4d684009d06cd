package io.anynode.captcha.session;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A session as one request on one node holds it: it was read at some moment, and is saved later.
 *
 * @param repository the node's repository
 * @param session what was created or read
 */
public record Held<S extends Session>(SessionRepository<S> repository, S session) {

  /** A new session, not saved yet. */
  public static Held<?> create(SessionStore node) {
    return create(node.sessions());
  }

  private static <S extends Session> Held<S> create(SessionRepository<S> repository) {
    return new Held<>(repository, repository.createSession());
  }

  /** The session as this node reads it now. */
  public static Held<?> load(SessionStore node, String id) {
    Held<?> held = find(node.sessions(), id);
    if (held == null) {
      throw new AssertionError("There is no such session.");
    }
    return held;
  }

  private static <S extends Session> @Nullable Held<S> find(
      SessionRepository<S> repository, String id) {
    S session = repository.findById(id);
    return session == null ? null : new Held<>(repository, session);
  }

  public String id() {
    return session.getId();
  }

  public Held<S> set(String attribute, Object value) {
    session.setAttribute(attribute, value);
    return this;
  }

  public @Nullable Object get(String attribute) {
    return session.getAttribute(attribute);
  }

  public Held<S> save() {
    repository.save(session);
    return this;
  }
}
