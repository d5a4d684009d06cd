package io.anynode.captcha.server;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.h2.tools.Server;

/**
 * The embedded default: an H2 database in a file, which this process opens and serves to the
 * workers over TCP. One owner that outlives every worker: with H2's {@code AUTO_SERVER} the file
 * would change hands, with seconds of errors, each time the owning worker ends.
 */
public final class EmbeddedDatabase implements Running.Part {

  private static final String USER = "captcha";

  /** H2 would close at the first sign of the process's end, under workers that still answer. */
  private static final String KEPT_OPEN = ";DB_CLOSE_ON_EXIT=FALSE";

  private final Server server;
  private final Connection owner;
  private final String password;

  private EmbeddedDatabase(Server server, Connection owner, String password) {
    this.server = server;
    this.owner = owner;
    this.password = password;
  }

  /**
   * Opens the database, or makes it, and serves it on a free port of 127.0.0.1.
   *
   * @param folder an owner-only folder for the database and its password
   * @throws StartFailure if it cannot be opened
   */
  public static EmbeddedDatabase start(Path folder) {
    // H2 reads it once, at its first connection; without it, every interface is served.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    try {
      String password = password(folder);
      // Held open, so that the database does not close between two requests.
      Connection owner =
          DriverManager.getConnection(
              "jdbc:h2:file:" + folder.resolve("sessions").toAbsolutePath() + KEPT_OPEN,
              USER,
              password);
      Server server =
          Server.createTcpServer(
                  "-tcpPort", "0", "-tcpDaemon", "-ifExists", "-baseDir", folder.toString())
              .start();
      return new EmbeddedDatabase(server, owner, password);
    } catch (IOException | SQLException e) {
      throw StartFailure.failed(
          "The embedded database in %s cannot be opened: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** What a worker needs to reach it. */
  public Map<String, String> settings() {
    return Map.of(
        "captcha.session.jdbc.url",
        "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./sessions",
        "captcha.session.jdbc.user",
        USER,
        "captcha.session.jdbc.password",
        password);
  }

  @Override
  public void close() {
    // Before the server ends, which interrupts whoever still writes, and with it H2's own writing.
    try (Statement statement = owner.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      // The process ends; H2 mends an unclosed file when it is opened next.
    }
    server.stop();
  }

  /** Kept beside the database, since H2 wants the same one when it opens the file again. */
  private static String password(Path folder) throws IOException {
    Path file = folder.resolve("password");
    if (Files.notExists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path made = Files.createTempFile(folder, "password", ".new");
      Files.writeString(made, HexFormat.of().formatHex(random));
      Files.move(made, file, ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }
}
