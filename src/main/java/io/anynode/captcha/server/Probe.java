package io.anynode.captcha.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a worker whether it answers. */
final class Probe {

  /** Jakarta Server Pages 11.4.2: compiled, not run, so that its first visitor need not wait. */
  private static final String PAGE = "/login.jsp?jsp_precompile=true";

  private static final int TIMEOUT_MILLIS = 10_000;

  private Probe() {}

  /**
   * Waits until the worker's application answers for its health, whatever it says (a store that is
   * down is the application's to tell), and has compiled the demo's page.
   *
   * @throws StartFailure if it does not answer in time
   */
  static void awaitAnswer(String worker, int port, String health, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      try {
        ask(port, health);
        ask(port, PAGE);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw StartFailure.failed(
              "%s does not answer on port %d: %s".formatted(worker, port, e.getMessage()), e);
        }
        Thread.sleep(100);
      }
    }
  }

  private static void ask(int port, String path) throws IOException {
    URI uri = URI.create("http://" + WorkerProcess.HOST + ":" + port + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    try {
      int unused = connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
