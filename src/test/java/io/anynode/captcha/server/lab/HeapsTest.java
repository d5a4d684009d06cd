package io.anynode.captcha.server.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapsTest {

  private final List<HttpServer> workers = new ArrayList<>();
  private final AtomicLong challenges = new AtomicLong();

  /**
   * Two workers, to both of which each challenge of the first is copied, 700 bytes a copy; and of
   * what else they hold, they let a megabyte go while the first part is measured.
   */
  @BeforeEach
  void startWorkers() throws IOException {
    for (int i = 0; i < 2; i++) {
      HttpServer worker =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      worker.createContext(
          "/captcha/challenges",
          exchange -> {
            challenges.incrementAndGet();
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
          });
      worker.createContext(
          LabApplication.HEAP,
          exchange -> {
            long held = challenges.get() < 400 ? 6_000_000 : 5_000_000;
            byte[] used = Long.toString(held + 700 * challenges.get()).getBytes(US_ASCII);
            exchange.sendResponseHeaders(200, used.length);
            exchange.getResponseBody().write(used);
            exchange.close();
          });
      worker.start();
      workers.add(worker);
    }
  }

  @AfterEach
  void end() {
    workers.forEach(worker -> worker.stop(0));
  }

  private List<URI> urls() {
    return workers.stream()
        .map(worker -> URI.create("http://127.0.0.1:" + worker.getAddress().getPort() + "/"))
        .toList();
  }

  @Test
  void aChallengeTakesUpWhatAllHeapsHoldMoreForIt() {
    assertThat(Heaps.bytes(urls(), HttpClient.newHttpClient())).isEqualTo(1_400);
    assertThat(Heaps.bytes(urls().subList(0, 1), HttpClient.newHttpClient())).isEqualTo(700);
  }

  @Test
  void whereOneWorkerDoesNotTellNothingIsKnown() {
    List<URI> all = urls();
    workers.get(1).stop(0);
    assertThat(Heaps.bytes(all, HttpClient.newHttpClient())).isNull();
  }
}
