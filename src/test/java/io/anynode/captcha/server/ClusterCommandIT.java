package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code java -jar target/captcha.war}, with real processes and signals. */
class ClusterCommandIT {

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void fourWorkersAnswerInTurnAndEveryResponseSaysWhichDid() throws Exception {
    try (RunningCluster cluster = RunningCluster.with("--workers", "4").start()) {
      List<String> served = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        HttpResponse<String> response = get(cluster, "/");
        assertThat(response.statusCode()).isLessThan(400);
        served.add(servedBy(response));
      }
      assertThat(count(served))
          .isEqualTo(Map.of("worker-1", 10L, "worker-2", 10L, "worker-3", 10L, "worker-4", 10L));

      assertThat(servedBy(get(cluster, "/no-such-page"))).startsWith("worker-");
      HttpResponse<String> malformed = get(cluster, "/%00");
      assertThat(malformed.statusCode()).isEqualTo(400);
      assertThat(servedBy(malformed)).startsWith("worker-");
      assertThat(get(cluster, "/io/anynode/captcha/server/launch/Launcher.class").statusCode())
          .isIn(403, 404);

      HttpResponse<String> picture = get(cluster, "/captcha/0.png");
      assertThat(picture.headers().allValues("Set-Cookie"))
          .anyMatch(cookie -> cookie.startsWith("served-picture=" + servedBy(picture) + ";"));

      assertThat(cluster.stop().status()).isZero();
    }
  }

  @Test
  void aSignalEndsAllWithStatusZeroAndLeavesNothing() {
    try (RunningCluster cluster = RunningCluster.with("--workers", "2").start()) {
      List<ProcessHandle> workers = handles(cluster);
      assertThat(workers).hasSize(2);

      RunningCluster.Ended ended = cluster.stop();

      assertThat(ended.status()).isZero();
      assertThat(ended.err()).isEmpty();
      assertThat(workers).noneMatch(ProcessHandle::isAlive);
      assertThat(cluster.temporaryFolder()).isEmptyDirectory();
    }
  }

  @Test
  void workersEndWhenTheirParentIsKilled() {
    try (RunningCluster cluster = RunningCluster.with("--workers", "2").start()) {
      List<ProcessHandle> workers = handles(cluster);

      cluster.process().destroyForcibly();

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(workers).noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void getsSeeNoErrorWhenAWorkerIsKilledAndItComesBack() throws Exception {
    try (RunningCluster cluster = RunningCluster.with("--workers", "2").start()) {
      long killed = cluster.worker("worker-2").pid();
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        if (i == 100) {
          ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        }
        statuses.add(get(cluster, "/").statusCode());
      }
      assertThat(statuses).allMatch(status -> status < 400);

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> servedBy(get(cluster, "/")).equals("worker-2"));
      assertThat(cluster.worker("worker-2").pid()).isNotEqualTo(killed);
      assertThat(cluster.err()).contains("worker-2 ended with status 137; it is started again.");
    }
  }

  @Test
  void settingsReachTheWorkersButNotTheirCommandLines() throws Exception {
    try (RunningCluster cluster =
        RunningCluster.with("--workers", "1", "-D", "captcha.prefix=/human")
            .property("captcha.secret", "0123456789abcdef0123456789abcdef")
            .environment("CAPTCHA_SESSION_STORE", "file")
            .start()) {
      HttpResponse<String> health = get(cluster, "/human/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("\"node\":\"worker-1\"", "\"store\":\"file\"");

      ProcessHandle worker = ProcessHandle.of(cluster.worker("worker-1").pid()).orElseThrow();
      assertThat(worker.info().arguments().orElseThrow())
          .noneMatch(argument -> argument.contains("captcha.secret"))
          .noneMatch(argument -> argument.contains("0123456789abcdef"));
    }
  }

  @Test
  void aStoreThatCannotBeReachedIsToldInOneLine() {
    RunningCluster.Ended redis =
        RunningCluster.with("--store", "redis")
            .property("captcha.session.redis.uri", "redis://127.0.0.1:1")
            .run();
    assertThat(redis.status()).isEqualTo(1);
    assertThat(redis.err().lines()).singleElement().asString().contains("Redis at 127.0.0.1:1");
  }

  @Test
  void aBusyPortIsToldInOneLine() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());

      RunningCluster.Ended frontDoor = RunningCluster.with("--port", port).run();
      assertThat(frontDoor.status()).isEqualTo(1);
      assertThat(frontDoor.err().lines())
          .singleElement()
          .asString()
          .contains("Port " + port, "front door", "--port");

      RunningCluster.Ended worker = RunningCluster.with("--worker-port", port).run();
      assertThat(worker.status()).isEqualTo(1);
      assertThat(worker.err().lines())
          .singleElement()
          .asString()
          .contains("Port " + port, "worker-1", "--worker-port");
    }
  }

  @Test
  void badUsageEndsWithStatusTwo() {
    RunningCluster.Ended unknown = RunningCluster.with("--no-such-option").run();
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("--no-such-option", "Usage: java -jar captcha.war cluster");

    RunningCluster.Ended store = RunningCluster.with("--store", "mongo").run();
    assertThat(store.status()).isEqualTo(2);
    assertThat(store.err().lines())
        .singleElement()
        .asString()
        .contains("mongo", "jdbc, redis, file or memory");
  }

  @Test
  void theMemoryStoreIsRefusedForMoreThanOneWorker() {
    RunningCluster.Ended refused =
        RunningCluster.with().environment("CAPTCHA_SESSION_STORE", "memory").run();
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err().lines()).singleElement().asString().contains("memory", "--workers 1");
  }

  @Test
  void helpTellsEveryOption() {
    RunningCluster.Ended help = RunningCluster.with("--help").run();
    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains("--port", "--worker-port", "--workers", "--store", "--version")
        .contains("8080", "9527", "jdbc, redis, file or memory", "-Dcaptcha.", "CAPTCHA_");
  }

  private HttpResponse<String> get(RunningCluster cluster, String path)
      throws IOException, InterruptedException {
    URI uri = cluster.url().resolve(path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }

  private static String servedBy(HttpResponse<String> response) {
    return response.headers().firstValue("X-Served-By").orElse("");
  }

  private static Map<String, Long> count(List<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static List<ProcessHandle> handles(RunningCluster cluster) {
    return cluster.workers().stream()
        .map(worker -> ProcessHandle.of(worker.pid()).orElseThrow())
        .toList();
  }
}
