package io.anynode.captcha.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;

/**
 * A session that remembers what one request changed, so that a save writes that and nothing else.
 *
 * <p>A store that wrote the whole session instead would bring back what another request has claimed
 * or removed since this one was read. For one request; not safe for use by many threads.
 */
public final class DeltaSession implements Session {

  private final MapSession content;
  private final Map<String, @Nullable Object> changes = new LinkedHashMap<>();
  private @Nullable String storedId;
  private boolean touched;
  private boolean intervalChanged;

  private DeltaSession(MapSession content, @Nullable String storedId) {
    this.content = content;
    this.storedId = storedId;
  }

  /**
   * A new session, not stored yet, under a new id.
   *
   * @param timeout how long it lives after its last request
   * @param ids generates this id, and the next
   */
  public static DeltaSession created(Duration timeout, SessionIdGenerator ids) {
    MapSession content = new MapSession(ids);
    content.setMaxInactiveInterval(timeout);
    return new DeltaSession(content, null);
  }

  /**
   * A session as it was read.
   *
   * @param content what is stored; from here on this session's own
   * @param ids generates the next id, if it is changed
   */
  public static DeltaSession stored(MapSession content, SessionIdGenerator ids) {
    content.setSessionIdGenerator(ids);
    return new DeltaSession(content, content.getId());
  }

  /** The id under which it is stored; null when it was never saved. */
  public @Nullable String storedId() {
    return storedId;
  }

  /** The attributes set since the last save, in order; null stands for a removed one. */
  public Map<String, @Nullable Object> changes() {
    return Collections.unmodifiableMap(changes);
  }

  /** Whether the time of the last request changed since the last save. */
  public boolean isTouched() {
    return touched;
  }

  /** Whether the time it lives without a request changed since the last save. */
  public boolean isIntervalChanged() {
    return intervalChanged;
  }

  /** Says that everything was stored under the id it has now. */
  public void markSaved() {
    storedId = content.getId();
    changes.clear();
    touched = false;
    intervalChanged = false;
  }

  @Override
  public String getId() {
    return content.getId();
  }

  @Override
  public String changeSessionId() {
    return content.changeSessionId();
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // the interface is Spring Session's
  public <T> @Nullable T getAttribute(String attributeName) {
    return content.getAttribute(attributeName);
  }

  @Override
  public Set<String> getAttributeNames() {
    return content.getAttributeNames();
  }

  @Override
  public void setAttribute(String attributeName, @Nullable Object attributeValue) {
    content.setAttribute(attributeName, attributeValue);
    changes.put(attributeName, attributeValue);
  }

  @Override
  public void removeAttribute(String attributeName) {
    setAttribute(attributeName, null);
  }

  @Override
  public Instant getCreationTime() {
    return content.getCreationTime();
  }

  @Override
  public void setLastAccessedTime(Instant lastAccessedTime) {
    content.setLastAccessedTime(lastAccessedTime);
    touched = true;
  }

  @Override
  public Instant getLastAccessedTime() {
    return content.getLastAccessedTime();
  }

  @Override
  public void setMaxInactiveInterval(Duration interval) {
    content.setMaxInactiveInterval(interval);
    intervalChanged = true;
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return content.getMaxInactiveInterval();
  }

  @Override
  public boolean isExpired() {
    return content.isExpired();
  }
}
