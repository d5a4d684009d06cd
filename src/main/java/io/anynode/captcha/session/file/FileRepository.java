package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.DeltaSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;

/** Sessions as folders, and a save as the few files that a request changed. */
final class FileRepository implements SessionRepository<DeltaSession> {

  /** An attribute's file; what else lies in a session's folder is {@code meta} or unfinished. */
  private static final String ATTRIBUTES = "[0-9a-f]".repeat(64);

  private final Folder folder;
  private final AttributeCodec codec;
  private final Duration timeout;
  private final SessionIdGenerator ids;

  FileRepository(Folder folder, AttributeCodec codec, Duration timeout, SessionIdGenerator ids) {
    this.folder = folder;
    this.codec = codec;
    this.timeout = timeout;
    this.ids = ids;
  }

  @Override
  public DeltaSession createSession() {
    return DeltaSession.created(timeout, ids);
  }

  @Override
  public void save(DeltaSession session) {
    // Before anything is written, so that a value that cannot be stored leaves all as it was.
    Map<String, byte @Nullable []> changes = serialized(session);
    String storedId = session.storedId();
    try {
      if (storedId == null) {
        create(session, changes);
        session.markSaved();
      } else if (update(session, storedId, changes)) {
        session.markSaved();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files to write, by name; null stands for one to delete. */
  private Map<String, byte @Nullable []> serialized(DeltaSession session) {
    Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
    session
        .changes()
        .forEach(
            (name, value) ->
                changes.put(
                    Folder.nameOf(name),
                    value == null ? null : new Attribute(name, value).toBytes(codec)));
    return changes;
  }

  private void create(DeltaSession session, Map<String, byte @Nullable []> changes)
      throws IOException {
    Path building = folder.building();
    try {
      Meta.of(session).write(folder, building);
      apply(building, changes);
      folder.place(building, session.getId());
    } catch (IOException e) {
      Folder.erase(building);
      throw e;
    }
  }

  /** Whether the session was still there, and is saved. */
  private boolean update(
      DeltaSession session, String storedId, Map<String, byte @Nullable []> changes)
      throws IOException {
    Path stored = folder.session(session.getId());
    try {
      if (!storedId.equals(session.getId())) {
        folder.place(folder.session(storedId), session.getId());
      }
      apply(stored, changes);
      if (session.isIntervalChanged()) {
        Meta.of(session).write(folder, stored);
      } else if (session.isTouched()) {
        Meta.of(session).touch(stored);
      }
      return true;
    } catch (NoSuchFileException e) {
      folder.requireThere();
      return false; // deleted, expired, or rotated away by another request
    }
  }

  private void apply(Path session, Map<String, byte @Nullable []> changes) throws IOException {
    for (Map.Entry<String, byte @Nullable []> change : changes.entrySet()) {
      byte[] content = change.getValue();
      if (content == null) {
        folder.deleteIfThere(session.resolve(change.getKey()));
      } else {
        folder.put(session, change.getKey(), content, null);
      }
    }
  }

  @Override
  public @Nullable DeltaSession findById(String id) {
    Path stored = folder.session(id);
    try {
      MapSession content = Meta.read(stored).session(id);
      if (content.isExpired()) {
        return null;
      }
      readAttributes(stored, content);
      // Files that went missing while we read were removed or claimed, if the folder is still here;
      // if it is not, the session was rotated or deleted, and what we have may be half of it.
      Files.getLastModifiedTime(stored.resolve(Meta.FILE));
      return DeltaSession.stored(content, ids);
    } catch (NoSuchFileException e) {
      return absent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAttributes(Path stored, MapSession content) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(stored, ATTRIBUTES)) {
      for (Path file : files) {
        byte[] bytes;
        try {
          bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
          continue;
        }
        Attribute attribute = Attribute.of(bytes, codec);
        content.setAttribute(attribute.name(), attribute.value());
      }
    }
  }

  private @Nullable DeltaSession absent() {
    try {
      folder.requireThere();
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void deleteById(String id) {
    try {
      folder.remove(folder.session(id));
    } catch (NoSuchFileException e) {
      DeltaSession unused = absent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
