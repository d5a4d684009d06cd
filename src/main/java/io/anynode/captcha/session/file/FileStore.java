package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.CarefulRepository;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.Sweeper;
import io.anynode.captcha.session.UnreadableAttributeException;
import io.anynode.captcha.settings.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionRepository;

/**
 * Sessions as files in a folder that all nodes share; the package tells how. A node reads a session
 * from the folder at each request and keeps nothing, so there is nothing to be told of.
 *
 * <p>Files belong to the user that the node runs as, and only that one may read them: all nodes run
 * as the same user. A save survives the end of the process at any moment; after a power failure of
 * the file server, the last saves and claims may be undone, unless {@code
 * captcha.session.file.sync} has each wait for the disk.
 */
public final class FileStore implements SessionStore {

  private final Folder folder;
  private final AttributeCodec codec;
  private final String faultMessage;
  private final CarefulRepository<DeltaSession> sessions;
  private final FileCounters counters;
  private final Sweeper sweeper;

  private FileStore(Folder folder, SessionSettings settings, AttributeCodec codec) {
    this.folder = folder;
    this.codec = codec;
    this.faultMessage =
        "The folder of the sessions, "
            + folder.root()
            + ", cannot be used. captcha.session.file.dir must name a folder that exists (mount it"
            + " or create it), that the user of this process may read and write, and that has"
            + " space left.";
    this.sessions =
        new CarefulRepository<>(
            new FileRepository(folder, codec, settings.timeout(), SessionIds.of(settings.cookie())),
            faultMessage);
    this.counters = new FileCounters(folder, this::translating);
    FileSweep sweep = new FileSweep(folder);
    this.sweeper = new Sweeper(settings.cleanup(), () -> swept(sweep, counters));
  }

  /**
   * Opens a folder. It must exist when it is used; it is not created, since a share that is not
   * mounted would become a local folder that no other node sees.
   *
   * @param settings its folder, which must not be null, its timeout, its cleanup and its cookie are
   *     used
   * @param codec how attributes are written
   */
  public static FileStore open(SessionSettings settings, AttributeCodec codec) {
    Path dir = Objects.requireNonNull(settings.file().dir(), "captcha.session.file.dir");
    Folder folder = new Folder(dir.toAbsolutePath(), settings.file().sync());
    return new FileStore(folder, settings, codec);
  }

  @Override
  public SessionRepository<DeltaSession> sessions() {
    return sessions;
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    return text(sessionId, attribute, folder::delete); // which fails for all but one caller
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    Claimed read = text(sessionId, attribute, file -> {});
    return read == null ? null : read.content();
  }

  private interface Step {
    void take(Path file) throws IOException;
  }

  private @Nullable Claimed text(String sessionId, String attribute, Step then) {
    Path session = folder.session(sessionId);
    Path file = session.resolve(Folder.nameOf(attribute));
    try {
      Meta meta = Meta.read(session);
      String content =
          meta.isExpired(Instant.now()) ? null : Attribute.text(Files.readAllBytes(file), codec);
      if (content == null) {
        return null;
      }
      then.take(file);
      return new Claimed(content, meta.created());
    } catch (UnreadableAttributeException e) {
      return null;
    } catch (NoSuchFileException e) {
      return nothingIfThere();
    } catch (IOException e) {
      throw new StoreUnavailableException(faultMessage, e);
    }
  }

  private @Nullable Claimed nothingIfThere() {
    try {
      folder.requireThere();
      return null;
    } catch (IOException e) {
      throw new StoreUnavailableException(faultMessage, e);
    }
  }

  @Override
  public String agree(String name, String proposal) {
    Path agreed = folder.agreements().resolve(Folder.nameOf(name));
    try {
      folder.requireThere();
      if (!Files.exists(agreed)) {
        propose(agreed, proposal);
      }
      return Files.readString(agreed, StandardCharsets.US_ASCII);
    } catch (IOException | UnsupportedOperationException e) {
      throw new StoreUnavailableException(faultMessage, e);
    }
  }

  /** Written aside and then linked: the first link stands, and appears with all of its content. */
  private void propose(Path agreed, String proposal) throws IOException {
    Path written = folder.passing();
    folder.write(written, proposal.getBytes(StandardCharsets.US_ASCII), true);
    try {
      folder.provide(folder.agreements());
      Files.createLink(agreed, written);
    } catch (FileAlreadyExistsException e) {
      return;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  @Override
  public Counters counters() {
    return counters;
  }

  private <T> T translating(FileCounters.Step<T> step) {
    try {
      return step.take();
    } catch (IOException e) {
      throw new StoreUnavailableException(faultMessage, e);
    }
  }

  /** Counts go once all sessions are through. */
  private static int swept(FileSweep sessions, FileCounters counters) {
    int swept = sessions.batch();
    try {
      if (swept == 0) {
        counters.sweep();
      }
      return swept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
