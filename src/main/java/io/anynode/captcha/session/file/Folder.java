package io.anynode.captcha.session.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared folder: where things lie in it, and the few atomic steps that everything is made of.
 */
final class Folder {

  private static final Logger log = LoggerFactory.getLogger(Folder.class);

  /** How the name of a file that is still being written ends. */
  private static final String UNFINISHED = ".tmp";

  private final Path root;
  private final boolean sync;
  private final AtomicBoolean looked = new AtomicBoolean();
  private final FileAttribute<?>[] forFolders;
  private final FileAttribute<?>[] forFiles;

  /**
   * A folder, which nothing is asked of yet.
   *
   * @param sync whether each step waits until the disk has it
   */
  Folder(Path root, boolean sync) {
    this.root = root;
    this.sync = sync;
    boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.forFolders = posix ? ownerOnly("rwx------") : new FileAttribute<?>[0];
    this.forFiles = posix ? ownerOnly("rw-------") : new FileAttribute<?>[0];
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /**
   * The name under which an id, or an attribute's name, lies here: none can be an odd file name.
   */
  static String nameOf(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  Path root() {
    return root;
  }

  /** The parents of all sessions' folders, by the first byte of their names: 0 to 255. */
  Path shard(int number) {
    return root.resolve("sessions").resolve(HexFormat.of().toHexDigits((byte) number));
  }

  private static int shardOf(String name) {
    return HexFormat.fromHexDigits(name, 0, 2);
  }

  /** A session's folder, whether it is there or not. */
  Path session(String id) {
    String name = nameOf(id);
    return shard(shardOf(name)).resolve(name);
  }

  /** Where the values that nodes agree on lie. */
  Path agreements() {
    return root.resolve("agreed");
  }

  /** The folders of all counts. */
  Path counts() {
    return root.resolve("counts");
  }

  /** A count's folder, whether it is there or not. */
  Path count(String name) {
    return counts().resolve(nameOf(name));
  }

  /** Where sessions are built and deleted, out of sight. */
  Path passages() {
    return root.resolve("tmp");
  }

  /**
   * Makes sure that an absent file means an absent session, and not that the folder is gone.
   *
   * @throws NotDirectoryException if it is
   */
  void requireThere() throws NotDirectoryException {
    if (!Files.isDirectory(root)) {
      // Made by nobody but the user: a share that is not mounted must not become a local folder.
      throw new NotDirectoryException(root.toString());
    }
  }

  /** Creates one of our own folders where it is missing. */
  void provide(Path folder) throws IOException {
    requireThere();
    if (!looked.getAndSet(true)) {
      warnIfOpen();
    }
    Files.createDirectories(folder, forFolders);
  }

  /**
   * Tells if others may write here. What we make is the owner's alone, but they could put folders
   * of their own in its place; refusing would shut out shares whose rights cannot be changed.
   */
  private void warnIfOpen() throws IOException {
    if (forFolders.length == 0) {
      return;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(root);
    if (rights.contains(PosixFilePermission.OTHERS_WRITE)
        || rights.contains(PosixFilePermission.GROUP_WRITE)) {
      log.warn(
          "Others may write to the folder of the sessions, {} ({}), and so make up sessions. Run:"
              + " chmod 700 {}",
          root,
          PosixFilePermissions.toString(rights),
          root);
    }
  }

  /** A path in {@code tmp} that no one else uses. */
  Path passing() throws IOException {
    provide(passages());
    return passages().resolve(UUID.randomUUID().toString());
  }

  /** A folder in {@code tmp}, to build a session in. */
  Path building() throws IOException {
    return Files.createDirectory(passing(), forFolders);
  }

  /**
   * The time by which sessions are swept: the earlier one of the node's clock and the file system's
   * own, so that one clock that is ahead ends nobody's session.
   */
  Instant earlier() throws IOException {
    try {
      erase(building());
    } catch (IOException e) {
      // On a full disk, it is the time at which the last one was made; the sweep makes room.
    }
    Instant here = Instant.now();
    Instant there = Files.getLastModifiedTime(passages()).toInstant();
    return here.isBefore(there) ? here : there;
  }

  /**
   * Puts a file into a folder, in one step that readers see.
   *
   * @param time what the file's time is to be; null for now
   * @throws NoSuchFileException if the folder is gone, also when it went meanwhile
   */
  void put(Path folder, String name, byte[] content, @Nullable FileTime time) throws IOException {
    Path unfinished = folder.resolve(UUID.randomUUID() + UNFINISHED);
    try {
      write(unfinished, content, false);
      if (time != null) {
        Files.setLastModifiedTime(unfinished, time);
      }
      move(unfinished, folder.resolve(name));
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /**
   * Writes a new file.
   *
   * @param lasting whether it has to survive a power failure, whatever is set
   */
  void write(Path file, byte[] content, boolean lasting) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forFiles)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (lasting || sync) {
        channel.force(true);
      }
    }
  }

  /**
   * Renames, replacing a file that is there.
   *
   * @throws NoSuchFileException if another caller was first, or the target's folder is gone
   */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    synced(to);
    if (!Objects.equals(from.getParent(), to.getParent())) {
      synced(from);
    }
  }

  /**
   * Deletes a file.
   *
   * @throws NoSuchFileException if another caller was first
   */
  void delete(Path file) throws IOException {
    Files.delete(file);
    synced(file);
  }

  /** Deletes a file, or nothing if another caller was first. */
  void deleteIfThere(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      synced(file);
    }
  }

  /** Has the disk take what became of a file's name, which its folder holds. */
  private void synced(Path file) throws IOException {
    if (!sync) {
      return;
    }
    try (FileChannel folder =
        FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (NoSuchFileException e) {
      log.debug("Its folder is gone meanwhile, and what was in it: {}", e.getMessage());
    }
  }

  /**
   * The one step by which a session appears under an id: new, or rotated.
   *
   * @throws NoSuchFileException if it is not where it was
   */
  void place(Path from, String id) throws IOException {
    provide(shard(shardOf(nameOf(id))));
    move(from, session(id));
  }

  /** Removes a session's folder: out of sight at once, then file by file. */
  void remove(Path folder) throws IOException {
    Path trash = passing();
    move(folder, trash);
    erase(trash);
  }

  /**
   * Deletes what lies in {@code tmp}. What cannot go yet, since another node is at it or an NFS
   * client keeps a file that it has open, is left to a later sweep: no request waits for it.
   */
  static void erase(Path passing) throws IOException {
    try {
      if (Files.isDirectory(passing)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(passing)) {
          for (Path file : files) {
            Files.deleteIfExists(file);
          }
        }
      }
      Files.deleteIfExists(passing);
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      log.debug("Left to a later sweep: {}", passing);
    }
  }
}
