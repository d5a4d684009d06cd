package io.anynode.captcha.server.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.anynode.captcha.server.FrontDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaysTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<HttpServer> workers = new ArrayList<>();
  private @Nullable FrontDoor door;
  private @Nullable URI url;

  @BeforeEach
  void startWorkers() throws IOException {
    for (int i = 0; i < 3; i++) {
      HttpServer worker = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
      worker.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      worker.start();
      workers.add(worker);
    }
  }

  @AfterEach
  void end() {
    requireNonNull(door).close();
    workers.forEach(worker -> worker.stop(0));
  }

  private void open(Way way) {
    FrontDoor opened = new FrontDoor(LOOPBACK, 0, Ways.of(way));
    door = opened;
    for (int i = 0; i < workers.size(); i++) {
      opened.add("worker-" + (i + 1), workers.get(i).getAddress().getPort());
    }
    url = URI.create("http://127.0.0.1:" + opened.open() + "/");
  }

  private HttpResponse<Void> get(String header, String value) throws Exception {
    return client.send(
        HttpRequest.newBuilder(requireNonNull(url)).header(header, value).build(),
        BodyHandlers.discarding());
  }

  private String servedBy(String header, String value) throws Exception {
    return get(header, value).headers().firstValue("X-Served-By").orElseThrow();
  }

  private Set<String> servedBy(String header, List<String> values) throws Exception {
    Set<String> served = new HashSet<>();
    for (String value : values) {
      served.add(servedBy(header, value));
    }
    return served;
  }

  @Test
  void inTurnEveryWorkerIsAskedOnce() throws Exception {
    open(Way.ROUND_ROBIN);
    assertThat(servedBy("X-Any", List.of("1", "2", "3"))).hasSize(3);
  }

  @Test
  void atRandomEveryWorkerIsAskedSometime() throws Exception {
    open(Way.RANDOM);
    assertThat(servedBy("X-Any", IntStream.range(0, 60).mapToObj(Integer::toString).toList()))
        .hasSize(3);
  }

  @Test
  void withNothingUnderWayTheLeastLoadedTakeTurns() throws Exception {
    open(Way.LEAST_CONNECTIONS);
    assertThat(servedBy("X-Any", List.of("1", "2", "3"))).hasSize(3);
  }

  @Test
  void oneNetworkHasOneWorkerAndManyHaveAll() throws Exception {
    open(Way.CLIENT_ADDRESS);
    assertThat(servedBy("X-Forwarded-For", List.of("203.0.113.1", "203.0.113.2", "203.0.113.99")))
        .hasSize(1);
    assertThat(
            servedBy(
                "X-Forwarded-For",
                IntStream.range(0, 40).mapToObj(i -> "10.0." + i + ".7").toList()))
        .hasSize(3);
  }

  @Test
  void aCookieIsHashedAndNoneIsOneOfItsValues() throws Exception {
    open(Way.VISITOR_COOKIE);
    assertThat(servedBy("Cookie", List.of("visitor=a", "visitor=a; x=1", "x=2; visitor=a")))
        .hasSize(1);
    assertThat(servedBy("Cookie", List.of("x=1", "x=2", "x=3"))).hasSize(1);
    assertThat(servedBy("Cookie", IntStream.range(0, 40).mapToObj(i -> "visitor=" + i).toList()))
        .hasSize(3);
  }

  @Test
  void itsOwnCookieNamesTheWorkerAndIsGivenOnce() throws Exception {
    open(Way.BALANCER_COOKIE);
    HttpResponse<Void> first = get("X-Any", "1");
    String worker = first.headers().firstValue("X-Served-By").orElseThrow();
    assertThat(first.headers().allValues("Set-Cookie"))
        .containsExactly("LB=" + worker + "; Path=/; HttpOnly");

    for (int i = 0; i < 4; i++) {
      HttpResponse<Void> next = get("Cookie", "LB=" + worker);
      assertThat(next.headers().firstValue("X-Served-By")).hasValue(worker);
      assertThat(next.headers().firstValue("Set-Cookie")).isEmpty();
    }
    requireNonNull(door).remove(worker);
    assertThat(servedBy("Cookie", "LB=" + worker)).isNotEqualTo(worker);
  }
}
