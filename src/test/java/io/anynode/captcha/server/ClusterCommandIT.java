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

  /** Whoever asks, root too: a file is no folder. */
  private static final String NO_FOLDER = "/dev/null/sessions";

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

      Map<String, String> told =
          Map.of("png", "served-picture", "wav", "served-sound", "json", "served-work");
      for (String form : told.keySet()) {
        HttpResponse<String> shown = get(cluster, "/captcha/" + "0".repeat(40) + "." + form);
        assertThat(shown.headers().allValues("Set-Cookie"))
            .anyMatch(cookie -> cookie.startsWith(told.get(form) + "=" + servedBy(shown) + ";"));
      }

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
  void ctrlCEndsAllWithStatusZeroAndLeavesNothing() throws Exception {
    try (RunningCluster cluster = RunningCluster.with("--workers", "2").heedingCtrlC().start()) {
      List<ProcessHandle> workers = handles(cluster);

      RunningCluster.Ended ended = cluster.interrupt();

      assertThat(ended.status()).isZero();
      assertThat(ended.err()).isEmpty();
      assertThat(workers).hasSize(2).noneMatch(ProcessHandle::isAlive);
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
    try (RunningCluster cluster =
        RunningCluster.with("--workers", "2", "-D", "captcha.rate.issue=off").start()) {
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
    assertFails(
        RunningCluster.with("--store", "redis")
            .property("captcha.session.redis.uri", "redis://127.0.0.1:1"),
        "Redis at 127.0.0.1:1");
    assertFails(
        RunningCluster.with()
            .property("captcha.session.jdbc.url", "jdbc:postgresql://127.0.0.1:1/captcha"),
        "session database",
        "captcha.session.jdbc.url");
    assertFails(
        RunningCluster.with("--store", "file").property("captcha.session.file.dir", NO_FOLDER),
        NO_FOLDER,
        "captcha.session.file.dir");
    assertFails(RunningCluster.with("--data", NO_FOLDER), NO_FOLDER, "cannot be made");
  }

  @Test
  void wrongSettingsAreToldInOneLine() {
    assertRefused(
        RunningCluster.with().property("captcha.length", "99"),
        "captcha.length is '99'",
        "3 to 12.");
    assertRefused(
        RunningCluster.with().environment("CAPTCHA_SESION_STORE", "redis"),
        "CAPTCHA_SESION_STORE",
        "did you mean CAPTCHA_SESSION_STORE?");
    assertRefused(
        RunningCluster.with().property("captcha.session.jdbc.url", "jdbc:oracle:thin:@db"),
        "captcha.session.jdbc.url",
        "jdbc:postgresql:");
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

    assertRefused(RunningCluster.with("--store", "mongo"), "mongo", "jdbc, redis, file or memory");
    assertRefused(RunningCluster.with("--workers", "0"), "--workers must be 1 to 64");
    assertRefused(RunningCluster.with("--port", "65536"), "--port must be 0 to 65535");
    assertRefused(
        RunningCluster.with("--worker-port", "65533"), "--worker-port", "room for every worker");
  }

  @Test
  void theMemoryStoreIsRefusedForMoreThanOneWorker() {
    assertRefused(
        RunningCluster.with().environment("CAPTCHA_SESSION_STORE", "memory"),
        "memory",
        "--workers 1");
    assertRefused(
        RunningCluster.with().property("captcha.session.jdbc.url", "jdbc:h2:mem:sessions"),
        "in memory",
        "--workers 1");
  }

  @Test
  void theMemoryStoreStartsForOneWorkerAndForMoreWhenToldTo() throws Exception {
    try (RunningCluster one =
        RunningCluster.with("cluster", "--store", "memory", "--workers", "1").start()) {
      assertThat(get(one, "/captcha/health").body()).contains("\"store\":\"memory\"");
    }
    try (RunningCluster two =
        RunningCluster.with("--store", "memory", "--workers", "2")
            .property("captcha.session.memory.many-nodes", "true")
            .start()) {
      assertThat(two.workers()).hasSize(2);
      assertThat(get(two, "/captcha/health").body()).contains("\"store\":\"memory\"");
    }
  }

  @Test
  void versionTellsTheVersion() throws IOException {
    RunningCluster.Ended version = RunningCluster.with("--version").run();
    assertThat(version.status()).isZero();
    assertThat(version.out().strip()).isEqualTo("Anynode Captcha " + RunningCluster.version());
    assertThat(version.err()).isEmpty();
  }

  @Test
  void helpTellsEveryOption() {
    RunningCluster.Ended help = RunningCluster.with("--help").run();
    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains("--port", "--worker-port", "--workers", "--store", "--version")
        .contains("8080", "9527", "jdbc, redis, file or memory", "-Dcaptcha.", "CAPTCHA_");
  }

  private static void assertFails(RunningCluster.Plan plan, String... parts) {
    assertEnds(plan, 1, parts);
  }

  private static void assertRefused(RunningCluster.Plan plan, String... parts) {
    assertEnds(plan, 2, parts);
  }

  private static void assertEnds(RunningCluster.Plan plan, int status, String... parts) {
    RunningCluster.Ended ended = plan.run();
    assertThat(ended.status()).as(ended.toString()).isEqualTo(status);
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .contains(parts)
        .containsPattern("[^.?][.?]$");
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
