package io.anynode.captcha.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What a node answers to bytes that no client would send.
 *
 * @param text status line, headers and body
 */
record RawAnswer(String text) {

  /**
   * Sends a request.
   *
   * @param head the request line and further headers, each without a line's end
   */
  static RawAnswer of(Node node, String... head) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.setSoTimeout(10_000);
      String request =
          String.join("\r\n", head) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new RawAnswer(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    return Integer.parseInt(text.substring(9, 12));
  }
}
