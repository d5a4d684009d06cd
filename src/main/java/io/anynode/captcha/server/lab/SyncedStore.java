package io.anynode.captcha.server.lab;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.LocalCounters;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;

/**
 * What people build first: each worker's memory, and a shared file that every worker writes to at
 * once and reads each 5 seconds; optionally also when it misses a session. To be measured, not to
 * be used: a worker takes a challenge out of its own memory, whatever another has done meanwhile.
 */
final class SyncedStore implements SessionStore, SessionRepository<DeltaSession> {

  private static final Duration SYNC = Duration.ofSeconds(5);

  private record Held(Instant created, Map<String, Object> attributes) {}

  private final ConcurrentMap<String, Held> memory = new ConcurrentHashMap<>();
  private final LocalCounters counters = new LocalCounters(System::nanoTime);
  private final Duration timeout;
  private final SessionIdGenerator ids;
  private final AttributeCodec codec;
  private final SharedFile file;
  private final boolean readOnMiss;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lab-sync");
            thread.setDaemon(true);
            return thread;
          });

  private SyncedStore(
      Duration timeout,
      SessionIdGenerator ids,
      AttributeCodec codec,
      SharedFile file,
      boolean readOnMiss) {
    this.timeout = timeout;
    this.ids = ids;
    this.codec = codec;
    this.file = file;
    this.readOnMiss = readOnMiss;
  }

  /**
   * Opens a store, which from now on reads the file each 5 seconds.
   *
   * @param readOnMiss whether it reads the file also when it does not know a session
   */
  static SyncedStore open(
      SessionSettings settings, AttributeCodec codec, SharedFile file, boolean readOnMiss) {
    SyncedStore store =
        new SyncedStore(
            settings.timeout(), SessionIds.of(settings.cookie()), codec, file, readOnMiss);
    var unused =
        store.timer.scheduleWithFixedDelay(
            store::sync, SYNC.toMillis(), SYNC.toMillis(), TimeUnit.MILLISECONDS);
    return store;
  }

  /** Takes over what the others have done. */
  void sync() {
    file.readOthers(this::apply);
  }

  @Override
  public SessionRepository<DeltaSession> sessions() {
    return this;
  }

  @Override
  public DeltaSession createSession() {
    return DeltaSession.created(timeout, ids);
  }

  @Override
  public void save(DeltaSession session) {
    String id = session.getId();
    String storedId = session.storedId();
    if (storedId == null) {
      tell("new", id, Long.toString(session.getCreationTime().toEpochMilli()));
    } else if (!storedId.equals(id)) {
      tell("renamed", storedId, id);
    }
    session
        .changes()
        .forEach(
            (name, value) -> {
              if (value == null) {
                tell("removed", id, base64(name.getBytes(StandardCharsets.UTF_8)));
              } else {
                String written = base64(codec.write(value));
                tell("set", id, base64(name.getBytes(StandardCharsets.UTF_8)), written);
              }
            });
    session.markSaved();
  }

  @Override
  public @Nullable DeltaSession findById(String id) {
    Held held = memory.get(id);
    if (held == null && readOnMiss) {
      sync();
      held = memory.get(id);
    }
    if (held == null) {
      return null;
    }
    MapSession copy = new MapSession(id);
    copy.setCreationTime(held.created());
    copy.setMaxInactiveInterval(timeout);
    held.attributes().forEach(copy::setAttribute);
    return DeltaSession.stored(copy, ids);
  }

  @Override
  public void deleteById(String id) {
    tell("deleted", id);
  }

  /** Atomic in this worker, and in no other. */
  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    Claimed claimed = taken(sessionId, attribute);
    if (claimed == null && readOnMiss) {
      sync();
      claimed = taken(sessionId, attribute);
    }
    if (claimed != null) {
      file.append("removed", sessionId, base64(attribute.getBytes(StandardCharsets.UTF_8)));
    }
    return claimed;
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    String content = known(sessionId, attribute);
    if (content == null && readOnMiss) {
      sync();
      content = known(sessionId, attribute);
    }
    return content;
  }

  private @Nullable String known(String sessionId, String attribute) {
    Held held = memory.get(sessionId);
    return held != null && held.attributes().get(attribute) instanceof String text ? text : null;
  }

  private @Nullable Claimed taken(String sessionId, String attribute) {
    Held held = memory.get(sessionId);
    return held != null && held.attributes().remove(attribute) instanceof String text
        ? new Claimed(text, held.created())
        : null;
  }

  @Override
  public String agree(String name, String proposal) {
    throw new IllegalStateException("The lab gives every worker the secret.");
  }

  @Override
  public Counters counters() {
    return counters;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void tell(String... change) {
    apply(List.of(change));
    file.append(change);
  }

  private void apply(List<String> change) {
    String id = change.get(1);
    switch (change.get(0)) {
      case "new" ->
          memory.put(
              id,
              new Held(
                  Instant.ofEpochMilli(Long.parseLong(change.get(2))), new ConcurrentHashMap<>()));
      case "renamed" -> {
        Held held = memory.remove(id);
        if (held != null) {
          memory.put(change.get(2), held);
        }
      }
      case "deleted" -> memory.remove(id);
      default -> applyToAttribute(change, memory.get(id));
    }
  }

  private void applyToAttribute(List<String> change, @Nullable Held held) {
    if (held == null) {
      return;
    }
    String name = new String(Base64.getDecoder().decode(change.get(2)), StandardCharsets.UTF_8);
    if (change.get(0).equals("set")) {
      held.attributes().put(name, codec.read(Base64.getDecoder().decode(change.get(3))));
    } else {
      held.attributes().remove(name);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
