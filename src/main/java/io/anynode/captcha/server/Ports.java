package io.anynode.captcha.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether a port can be had, told before anything is started. */
final class Ports {

  private Ports() {}

  /**
   * Opens and closes a port.
   *
   * @param port 0 asks for any, which there always is
   * @param user who needs it
   * @param option what names another
   * @throws StartFailure if it is taken or forbidden
   */
  static void check(InetAddress address, int port, String user, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw taken(port, user, option, e);
    }
  }

  static StartFailure taken(int port, String user, String option, Exception cause) {
    return StartFailure.failed(
        "port %d, which the %s needs, cannot be opened: %s. Choose another with %s."
            .formatted(port, user, cause.getMessage(), option),
        cause);
  }
}
