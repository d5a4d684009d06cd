package io.anynode.captcha.server;

import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Supplies what a store needs and nobody has named: one folder, or one database, for all. */
final class StoreSupply {

  private static final String FILE_DIR = "captcha.session.file.dir";

  private final Path data;
  private final Running running;

  /**
   * A supply.
   *
   * @param data where a database or a folder is made
   * @param running takes what is started
   */
  StoreSupply(Path data, Running running) {
    this.data = data;
    this.running = running;
  }

  /** Names a folder for the file store: without one, its settings are not valid. */
  void folderIfNeeded(ClusterSettings settings) {
    String store = settings.raw(ClusterSettings.STORE);
    if (store != null
        && store.strip().equalsIgnoreCase(StoreKind.FILE.name())
        && settings.raw(FILE_DIR) == null) {
      settings.put(FILE_DIR, folder("sessions").toString());
    }
  }

  /** Starts the embedded database, if the store is jdbc and no database is named. */
  void databaseIfNeeded(SessionSettings session, ClusterSettings settings) {
    if (session.store() == StoreKind.JDBC
        && session.jdbc().url() == null
        && session.jdbc().jndi() == null) {
      settings.putAll(running.add(EmbeddedDatabase.start(folder("h2"))).settings());
    }
  }

  private Path folder(String name) {
    Path folder = data.resolve(name).toAbsolutePath();
    try {
      return Files.createDirectories(folder, ownerOnly());
    } catch (IOException e) {
      throw StartFailure.failed("The folder " + folder + " cannot be made: " + e + ".", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }
}
