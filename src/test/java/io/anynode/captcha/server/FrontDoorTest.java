package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrontDoorTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final HttpClient client = HttpClient.newHttpClient();
  private final FrontDoor door = new FrontDoor(LOOPBACK, 0);
  private final Queue<HttpExchange> seen = new ConcurrentLinkedQueue<>();
  private HttpServer worker;
  private URI url;

  @BeforeEach
  void open() throws IOException {
    worker = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    worker.createContext("/", this::answer);
    worker.start();
    url = URI.create("http://127.0.0.1:" + door.open() + "/");
  }

  @AfterEach
  void close() {
    door.close();
    worker.stop(0);
  }

  @Test
  void aClientCannotSayForWhomItIsForwarded() throws Exception {
    door.add("worker-1", worker.getAddress().getPort());

    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("X-Forwarded-For", "192.0.2.1")
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-Proto", "https")
            .header("Forwarded", "for=192.0.2.1;host=evil.example")
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

    var headers = seen.remove().getRequestHeaders();
    assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
    assertThat(headers.get("X-Forwarded-Host")).doesNotContain("evil.example");
    assertThat(headers.get("Forwarded")).isNull();
    assertThat(headers.getFirst("Host")).isEqualTo(url.getAuthority());
  }

  @Test
  void aGetIsSentToAnotherWorkerWhenTheFirstDiesOverItAndAPostIsNot() throws Exception {
    try (DyingWorker dying = new DyingWorker()) {
      door.add("worker-1", dying.port());
      door.add("worker-2", worker.getAddress().getPort());

      assertThat(statuses(HttpRequest.newBuilder(url).build())).containsOnly(200);
      assertThat(dying.requests()).isPositive();

      int before = dying.requests();
      seen.clear();
      HttpRequest post = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("a=b")).build();
      List<Integer> posts = statuses(post);
      assertThat(posts).contains(200, 503);
      assertThat(seen).hasSize((int) posts.stream().filter(status -> status == 200).count());
      assertThat(dying.requests() - before)
          .isEqualTo((int) posts.stream().filter(status -> status == 503).count());
    }
  }

  @Test
  void everyResponseSaysWhoServedItAlsoWithNoWorkerThere() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url).build();
    HttpResponse<String> alone = client.send(request, BodyHandlers.ofString());
    assertThat(alone.statusCode()).isEqualTo(503);
    assertThat(alone.headers().firstValue("X-Served-By")).hasValue("front-door");

    door.add("worker-7", worker.getAddress().getPort());
    HttpResponse<String> served = client.send(request, BodyHandlers.ofString());
    assertThat(served.headers().firstValue("X-Served-By")).hasValue("worker-7");

    door.remove("worker-7");
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
  }

  @Test
  void aFormWhoseWorkerDiedOverItIsToldToComeAgain() throws Exception {
    try (DyingWorker dying = new DyingWorker()) {
      door.add("worker-1", dying.port());
      HttpRequest.Builder post =
          HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("a=b")).header("Accept", "*/*");

      HttpResponse<String> page = client.send(post.build(), BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(page.body()).contains("<h1>Service Unavailable</h1>");

      HttpRequest program = post.setHeader("Accept", "application/json").build();
      HttpResponse<String> problem = client.send(program, BodyHandlers.ofString());
      assertThat(problem.statusCode()).isEqualTo(503);
      assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(problem.body()).contains("\"status\":503");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen.add(exchange);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private List<Integer> statuses(HttpRequest request) {
    return IntStream.range(0, 20).mapToObj(i -> status(request)).toList();
  }

  private int status(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes a request and ends the connection, as a process that is killed does. */
  private static final class DyingWorker implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
    private final Queue<Integer> requests = new ConcurrentLinkedQueue<>();

    DyingWorker() throws IOException {
      Thread thread = new Thread(this::serve, "dying-worker");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    int requests() {
      return requests.size();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          if (socket.getInputStream().read() >= 0) {
            requests.add(1);
          }
        } catch (IOException e) {
          // Closed at the test's end.
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
