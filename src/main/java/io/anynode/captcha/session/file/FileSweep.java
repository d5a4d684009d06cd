package io.anynode.captcha.session.file;

import io.anynode.captcha.session.UnreadableAttributeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks the folder in batches and removes what has expired. Nodes may walk at the same time: of two
 * that find the same session, one removes it. For one thread.
 */
final class FileSweep {

  private static final Logger log = LoggerFactory.getLogger(FileSweep.class);
  private static final int BATCH = 100;
  private static final int SHARDS = 256;

  /** No request builds or deletes a session for so long; clocks may differ by less. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  /** No session of another version, whose time this one cannot read, is left alone for so long. */
  private static final Duration ABANDONED = Duration.ofDays(31);

  private final Folder folder;
  private int next = 0;

  FileSweep(Folder folder) {
    this.folder = folder;
  }

  /** Removes about a hundred; how many; 0 once the whole folder was walked. */
  int batch() {
    try {
      Instant now = folder.earlier();
      int removed = 0;
      while (removed < BATCH && next < SHARDS) {
        removed += expired(folder.shard(next), BATCH - removed, now);
        if (removed < BATCH) {
          next++;
        }
      }
      if (removed == 0) {
        next = 0;
        forgotten(now);
      }
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int expired(Path shard, int most, Instant now) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> sessions = Files.newDirectoryStream(shard)) {
      for (Path session : sessions) {
        if (removed < most && isSwept(session, now)) {
          removed++;
        }
      }
    } catch (NoSuchFileException e) {
      return removed; // no session has come here yet
    }
    return removed;
  }

  /** Whether a session was over and is removed; one that cannot be must not keep others from it. */
  private boolean isSwept(Path session, Instant now) {
    try {
      if (isOver(session, now)) {
        folder.remove(session);
        return true;
      }
    } catch (NoSuchFileException e) {
      return false; // another node was first
    } catch (IOException e) {
      log.warn(
          "Something in {} can be neither read nor removed ({}); remove it, or let this process.",
          session.getParent(),
          e.getClass().getSimpleName());
    }
    return false;
  }

  private static boolean isOver(Path session, Instant now) throws IOException {
    try {
      return Meta.read(session).isExpired(now);
    } catch (UnreadableAttributeException e) {
      // Of a later version, its nodes touch the file at each request, and the folder seldom.
      Path meta = session.resolve(Meta.FILE);
      return Meta.isOfAnotherVersion(meta)
          ? isOlder(meta, ABANDONED, now)
          : isOlder(session, FORGOTTEN, now);
    } catch (NoSuchFileException e) {
      return isOlder(session, FORGOTTEN, now);
    }
  }

  /** What a node that was killed left half built or half deleted. */
  private void forgotten(Instant now) throws IOException {
    try (DirectoryStream<Path> passing = Files.newDirectoryStream(folder.passages())) {
      for (Path left : passing) {
        if (isOlder(left, FORGOTTEN, now)) {
          Folder.erase(left);
        }
      }
    } catch (NoSuchFileException e) {
      return; // nothing was ever built here
    }
  }

  private static boolean isOlder(Path path, Duration age, Instant now) throws IOException {
    try {
      return Files.getLastModifiedTime(path).toInstant().isBefore(now.minus(age));
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
