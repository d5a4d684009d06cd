package io.anynode.captcha.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in conf/ with the real programs. */
class BalancerTest {

  @TempDir Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Site.Node> nodes = new ArrayList<>();
  private final List<Front> fronts = new ArrayList<>();
  private final Queue<HttpExchange> seen = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void startWorkers() throws IOException {
    for (int i = 1; i <= 4; i++) {
      String name = "worker-" + i;
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            if (!exchange.getRequestURI().getPath().startsWith("/captcha")) {
              seen.add(exchange);
            }
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Served-By", name);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      servers.add(server);
      nodes.add(Site.Node.on(name, server.getAddress().getPort()));
    }
  }

  @AfterEach
  void end() {
    fronts.forEach(Front::close);
    servers.forEach(server -> server.stop(0));
  }

  private static void requireInstalled(Balancer balancer) {
    assumeFalse(Boolean.getBoolean("skipBrowser"), "what needs Debian's packages is left out");
    assertThat(RedisServer.isInstalled(balancer.program()))
        .as(
            "There is no %s here. On Debian, apt-get install nginx haproxy; or -DskipBrowser leaves"
                + " out what needs it.",
            balancer.program())
        .isTrue();
  }

  private URI open(Balancer balancer, Way way) {
    requireInstalled(balancer);
    Front front = BalancerFront.of(balancer, way, folder);
    fronts.add(front);
    front.add(nodes);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(front.url(), "X-Any", "1").statusCode() == 200);
    seen.clear();
    return front.url();
  }

  private HttpResponse<Void> get(URI url, String header, String value) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url).header(header, value).build(), BodyHandlers.discarding());
  }

  private String worker(HttpResponse<?> response) {
    return response.headers().firstValue("X-Served-By").orElse("nobody");
  }

  private Set<String> workers(URI url, String header, List<String> values) throws Exception {
    Set<String> workers = new HashSet<>();
    for (String value : values) {
      workers.add(worker(get(url, header, value)));
    }
    return workers;
  }

  private static List<String> many(String pattern) {
    return IntStream.range(0, 60).mapToObj(i -> pattern.formatted(i)).toList();
  }

  @Test
  void bothGoInTurn() throws Exception {
    for (Balancer balancer : Balancer.values()) {
      URI url = open(balancer, Way.ROUND_ROBIN);
      assertThat(workers(url, "X-Any", List.of("1", "2", "3", "4"))).hasSize(4);
    }
  }

  @Test
  void bothKeepANetworkOnOneWorker() throws Exception {
    for (Balancer balancer : Balancer.values()) {
      URI url = open(balancer, Way.CLIENT_ADDRESS);
      assertThat(workers(url, "X-Forwarded-For", List.of("203.0.113.7", "203.0.113.7"))).hasSize(1);
      assertThat(workers(url, "X-Forwarded-For", many("10.0.%d.7"))).hasSize(4);
    }
  }

  @Test
  void nginxHashesCookies() throws Exception {
    URI byApplication = open(Balancer.NGINX, Way.VISITOR_COOKIE);
    assertThat(workers(byApplication, "Cookie", List.of("visitor=a", "x=1; visitor=a"))).hasSize(1);
    assertThat(workers(byApplication, "Cookie", many("visitor=%d"))).hasSize(4);

    URI bySession = open(Balancer.NGINX, Way.SESSION_COOKIE);
    assertThat(workers(bySession, "Cookie", List.of("SESSION=a", "SESSION=a"))).hasSize(1);
    assertThat(workers(bySession, "Cookie", many("SESSION=%d"))).hasSize(4);
  }

  @Test
  void haproxysOwnCookieNamesTheWorkerAndDoesNotReachIt() throws Exception {
    URI url = open(Balancer.HAPROXY, Way.BALANCER_COOKIE);
    HttpResponse<Void> first = get(url, "X-Any", "1");
    String worker = worker(first);
    assertThat(first.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("LB=" + worker + ";")
        .contains("HttpOnly");
    seen.clear();

    assertThat(workers(url, "Cookie", List.of("LB=" + worker, "LB=" + worker)))
        .containsOnly(worker);
    assertThat(seen).noneMatch(request -> request.getRequestHeaders().containsKey("Cookie"));
  }

  @Test
  void noClientSaysForWhomItIsForwarded() throws Exception {
    for (Balancer balancer : Balancer.values()) {
      URI url = open(balancer, Way.ROUND_ROBIN);
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .header("X-Forwarded-For", "192.0.2.1")
              .header("X-Forwarded-Host", "evil.example")
              .header("Forwarded", "for=192.0.2.2;host=evil.example")
              .build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);

      var headers = seen.remove().getRequestHeaders();
      // One, and the balancer's own: here what the lab has it take for the client's address.
      assertThat(headers.get("X-Forwarded-For")).containsExactly("192.0.2.1");
      assertThat(headers.get("X-Forwarded-Host")).isNull();
      assertThat(headers.get("Forwarded")).isNull();
      assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
      assertThat(headers.getFirst("Host")).isEqualTo(url.getAuthority());
    }
  }

  @Test
  void aNewWorkerIsKnownAfterAReloadAndOneThatIsGoneIsAvoided() throws Exception {
    for (Balancer balancer : Balancer.values()) {
      requireInstalled(balancer);
      Front front = BalancerFront.of(balancer, Way.ROUND_ROBIN, folder);
      fronts.add(front);
      front.add(nodes.subList(0, 3));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> get(front.url(), "X-Any", "1").statusCode() == 200);

      front.add(nodes.subList(3, 4));

      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> workers(front.url(), "X-Any", many("%d")).contains("worker-4"));
    }
    servers.get(0).stop(0);
    for (Front front : fronts) {
      for (int i = 0; i < 12; i++) {
        assertThat(get(front.url(), "X-Any", "1").statusCode()).as(front.name()).isEqualTo(200);
      }
    }
  }

  @Test
  void theFilesOfTheWaysAreOnlyChangedInTheirAddresses() {
    String text = Balancer.NGINX.configuration(Way.CLIENT_ADDRESS, nodes.subList(0, 2), 4711);
    assertThat(text)
        .contains(
            "    ip_hash;\n",
            "listen 127.0.0.1:4711;",
            "server "
                + nodes.get(0).url().getAuthority()
                + " max_fails=1 fail_timeout=5s;\n"
                + "    server "
                + nodes.get(1).url().getAuthority()
                + " max_fails=1 fail_timeout=5s;\n"
                + "    keepalive 64;\n")
        .doesNotContain("127.0.0.1:9527");
    assertThat(Balancer.HAPROXY.configuration(Way.BALANCER_COOKIE, nodes.subList(1, 2), 4711))
        .contains(
            "server worker-2 " + nodes.get(1).url().getAuthority() + " cookie worker-2\n",
            "bind 127.0.0.1:4711\n")
        .doesNotContain("worker-1 ");
  }
}
