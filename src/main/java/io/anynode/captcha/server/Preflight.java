package io.anynode.captcha.server;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import io.anynode.captcha.settings.StoreKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.UUID;

/** What is checked before any worker starts: a mistake costs seconds, and one clear line. */
final class Preflight {

  private Preflight() {}

  /**
   * Validates the settings as each worker will.
   *
   * @throws StartFailure with status 2 if any is wrong
   */
  static Settings settings(ClusterSettings cluster, int workers) {
    Settings settings;
    try {
      settings = cluster.read();
    } catch (SettingsException e) {
      throw wrong(e);
    }
    if (settings.session().store() == StoreKind.MEMORY
        && workers > 1
        && !settings.session().memory().manyNodes()) {
      throw StartFailure.badUsage(
          "The memory store is for one node: each of "
              + workers
              + " workers would know its own sessions only. Choose another --store, or --workers 1;"
              + " captcha.session.memory.many-nodes=true lets it start, to see captchas fail.");
    }
    Hidden url = settings.session().jdbc().url();
    if (settings.session().store() == StoreKind.JDBC
        && workers > 1
        && url != null
        && url.value().startsWith("jdbc:h2:mem:")) {
      throw StartFailure.badUsage(
          "captcha.session.jdbc.url names a database in memory, of which each of "
              + workers
              + " workers would have its own. Leave it out for one that they share, or --workers 1.");
    }
    return settings;
  }

  /**
   * Reaches the store once, which also makes its schema before all workers would.
   *
   * @param home the run's own folder
   * @throws StartFailure with status 1 if it does not answer, 2 if its settings cannot work
   */
  static void store(SessionSettings session, Path home) {
    if (session.store() == StoreKind.JDBC && session.jdbc().jndi() != null) {
      throw StartFailure.badUsage(
          "captcha.session.jdbc.jndi names a DataSource of a container's; the cluster's workers have"
              + " none. Set captcha.session.jdbc.url instead.");
    }
    try (SessionStore store =
        SessionStores.openForOneLook(session, home, Preflight.class.getClassLoader())) {
      var unused = store.sessions().findById(UUID.randomUUID().toString());
    } catch (SettingsException e) {
      throw wrong(e);
    } catch (StoreUnavailableException e) {
      throw StartFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Opens and closes a port.
   *
   * @param port 0 asks for any, which there always is
   * @param user who needs it
   * @param option what names another
   * @throws StartFailure with status 1 if it is taken or forbidden
   */
  static void port(InetAddress address, int port, String user, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw portTaken(port, user, option, e);
    }
  }

  private static StartFailure wrong(SettingsException e) {
    String message = String.valueOf(e.getMessage());
    return StartFailure.badUsage(message.matches("(?s).*[.?]") ? message : message + ".");
  }

  static StartFailure portTaken(int port, String user, String option, Exception cause) {
    return StartFailure.failed(
        "Port %d, which the %s needs, cannot be opened: %s. Choose another with %s."
            .formatted(port, user, cause.getMessage(), option),
        cause);
  }
}
