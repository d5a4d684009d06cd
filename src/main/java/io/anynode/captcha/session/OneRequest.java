package io.anynode.captcha.session;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A repository for one request, which fetches its session once.
 *
 * <p>Spring Session's filter saves when the response is committed and again at the end, and looks
 * the session up anew in between: a round trip for nothing each time that a page redirects or is
 * longer than its buffer. Not safe for use by many threads, as a request's session is not.
 *
 * @param <S> the repository's own session
 */
public final class OneRequest<S extends Session> implements SessionRepository<S> {

  private final SessionRepository<S> repository;
  private @Nullable S known;

  /** Knows no session yet. */
  public OneRequest(SessionRepository<S> repository) {
    this.repository = repository;
  }

  @Override
  public S createSession() {
    return repository.createSession();
  }

  @Override
  public void save(S session) {
    repository.save(session);
    known = session;
  }

  @Override
  public @Nullable S findById(String id) {
    S found = isKnown(id) ? known : repository.findById(id);
    if (found != null) {
      known = found;
    }
    return found;
  }

  @Override
  public void deleteById(String id) {
    if (isKnown(id)) {
      known = null;
    }
    repository.deleteById(id);
  }

  private boolean isKnown(String id) {
    S session = known;
    return session != null && session.getId().equals(id);
  }
}
