package io.anynode.captcha.server;

import io.anynode.captcha.settings.StoreKind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Supplies what a store needs and nobody has named: one database, or one folder, for all. */
final class StoreSupply {

  private static final String JDBC_URL = "captcha.session.jdbc.url";
  private static final String JDBC_JNDI = "captcha.session.jdbc.jndi";
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

  /** Completes the settings of the store that they name. */
  void complete(StoreKind kind, ClusterSettings settings) {
    if (kind == StoreKind.JDBC && !settings.has(JDBC_URL) && !settings.has(JDBC_JNDI)) {
      EmbeddedDatabase database = running.add(EmbeddedDatabase.start(folder("h2")));
      database.settings().forEach(settings::put);
    }
    if (kind == StoreKind.FILE && !settings.has(FILE_DIR)) {
      settings.put(FILE_DIR, folder("sessions").toString());
    }
  }

  private Path folder(String name) {
    Path folder = data.resolve(name).toAbsolutePath();
    try {
      return Files.createDirectories(folder, ownerOnly());
    } catch (IOException e) {
      throw StartFailure.failed("the folder " + folder + " cannot be made: " + e, e);
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
