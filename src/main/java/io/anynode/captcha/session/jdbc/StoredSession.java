package io.anynode.captcha.session.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/**
 * A session that remembers the id under which it is stored, and whether there is anything to save.
 */
final class StoredSession implements Session {

  private final Session delegate;
  private final Runnable write;
  private @Nullable String storedId;
  private boolean changed;
  private boolean written;

  /**
   * Wraps a session of Spring Session's.
   *
   * @param write writes the delegate's changes
   * @param storedId null if it is not stored yet
   */
  StoredSession(Session delegate, Runnable write, @Nullable String storedId) {
    this.delegate = delegate;
    this.write = write;
    this.storedId = storedId;
    this.changed = storedId == null;
  }

  /** The id in the store; null if it is not stored yet. */
  @Nullable String storedId() {
    return storedId;
  }

  boolean isChanged() {
    return changed;
  }

  void write() {
    write.run();
    written = true;
  }

  /** Whether its changes are in a transaction that has not said how it ended. */
  boolean isWritten() {
    return written;
  }

  /** Its changes are committed. */
  void saved() {
    storedId = getId();
    changed = false;
    written = false;
  }

  @Override
  public String getId() {
    return delegate.getId();
  }

  @Override
  public String changeSessionId() {
    changed = true;
    return delegate.changeSessionId();
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // Spring Session's own signature
  public <T> @Nullable T getAttribute(String attributeName) {
    return delegate.getAttribute(attributeName);
  }

  @Override
  public Set<String> getAttributeNames() {
    return delegate.getAttributeNames();
  }

  @Override
  public void setAttribute(String attributeName, @Nullable Object attributeValue) {
    if (attributeValue == null) {
      delegate.removeAttribute(attributeName);
    } else {
      delegate.setAttribute(attributeName, attributeValue);
    }
    // Marks the session's own row as changed. Its update then comes before those of the attributes
    // and locks the row, so that two requests that save one session do so one after the other.
    setLastAccessedTime(getLastAccessedTime());
  }

  @Override
  public void removeAttribute(String attributeName) {
    setAttribute(attributeName, null);
  }

  @Override
  public Instant getCreationTime() {
    return delegate.getCreationTime();
  }

  @Override
  public void setLastAccessedTime(Instant lastAccessedTime) {
    changed = true;
    delegate.setLastAccessedTime(lastAccessedTime);
  }

  @Override
  public Instant getLastAccessedTime() {
    return delegate.getLastAccessedTime();
  }

  @Override
  public void setMaxInactiveInterval(Duration interval) {
    changed = true;
    delegate.setMaxInactiveInterval(interval);
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return delegate.getMaxInactiveInterval();
  }

  @Override
  public boolean isExpired() {
    return delegate.isExpired();
  }
}
