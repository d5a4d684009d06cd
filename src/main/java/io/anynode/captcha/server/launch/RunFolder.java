package io.anynode.captcha.server.launch;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder that one run has for itself, under the temporary folder: owner-only, deleted at the end.
 *
 * <p>Not kept for the next run: unpacking takes a third of a second, and what lies long under a
 * temporary folder is cleaned away piece by piece on many machines. A run that was killed leaves
 * its folder; the next run sees by the lock that nobody uses it, and deletes it.
 */
final class RunFolder implements AutoCloseable {

  private static final String PREFIX = "anynode-captcha-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private RunFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static RunFolder create(Path temporary) throws IOException {
    // Owner-only, and no name that another user could have taken before.
    Path path = Files.createTempDirectory(temporary, PREFIX).toRealPath();
    FileChannel lock = FileChannel.open(path.resolve(LOCK), CREATE_NEW, WRITE);
    if (lock.tryLock() == null) {
      throw new IOException("a new file is locked: " + path.resolve(LOCK));
    }
    sweep(temporary, Files.getOwner(path));
    return new RunFolder(path, lock);
  }

  Path path() {
    return path;
  }

  /** Unpacks a WAR into a folder of this one. */
  Path unpack(Path war, String name) throws IOException {
    Path target = path.resolve(name);
    try (ZipFile zip = new ZipFile(war.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the WAR has a path that leads out of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
          }
          // The same bytes keep the same Last-Modified from run to run.
          Files.setLastModifiedTime(file, entry.getLastModifiedTime());
        }
      }
    }
    return target;
  }

  @Override
  public void close() {
    try {
      lock.close();
      delete(path);
    } catch (IOException e) {
      // A system that keeps open files from being deleted: the next run sweeps it.
    }
  }

  /** Deletes what killed runs left; whatever goes wrong here is no reason not to start. */
  private static void sweep(Path temporary, UserPrincipal me) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : folders) {
        try {
          sweepOne(folder, me);
        } catch (IOException | OverlappingFileLockException e) {
          // In use, gone meanwhile, or not ours to delete.
        }
      }
    } catch (IOException e) {
      // A temporary folder that cannot be listed.
    }
  }

  private static void sweepOne(Path folder, UserPrincipal me) throws IOException {
    Path lock = folder.resolve(LOCK);
    // Nobody else can put a link into a folder that is ours.
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)
        || !Files.getOwner(folder, NOFOLLOW_LINKS).equals(me)
        || !Files.isRegularFile(lock, NOFOLLOW_LINKS)
        || isYoung(lock)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lock, WRITE)) {
      if (channel.tryLock() != null) {
        delete(folder);
      }
    }
  }

  /** A run that has just begun may have made its lock file and not locked it yet. */
  private static boolean isYoung(Path lock) throws IOException {
    Instant made = Files.getLastModifiedTime(lock).toInstant();
    return made.isAfter(Instant.now().minus(Duration.ofMinutes(1)));
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException thrown)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
