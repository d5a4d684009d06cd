package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.MovableClock;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.telemetry.CaptchaMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two nodes tell Prometheus and JMX of one visitor, who is served by both. */
@TestInstance(Lifecycle.PER_CLASS)
class TelemetryTest {

  private static final Pattern METER = Pattern.compile("\\bcaptcha_[a-z_]+");

  private final SharedMemory memory = new SharedMemory();
  private final MovableClock clock = new MovableClock();
  private final SessionStore store = memory.open(Node.settings().session());
  private final Browser browser = new Browser();
  private Node nodeA;
  private Node nodeB;

  @BeforeAll
  void useBoth() throws IOException {
    nodeA = node("a", "rate.issue=3/1m");
    nodeB = node("b", "rate.issue=off");
    JsonNode first = issued();
    assertThat(browser.bytes(nodeB, first.get("image").asText()).statusCode()).isEqualTo(200);
    answer(nodeB, first, right(first));
    JsonNode second = issued();
    answer(nodeA, second, "wrong");
    answer(nodeB, second, "wrong");
    issued(); // left open
    assertThat(post(nodeA).statusCode()).isEqualTo(429);
  }

  @AfterAll
  void stop() throws MalformedObjectNameException {
    nodeA.close();
    nodeB.close();
    store.close();
    assertThat(beans("a")).as("nothing stays in JMX").isEmpty();
  }

  private Node node(String name, String... more) {
    String[] properties = new String[more.length + 3];
    properties[0] = "node=" + name;
    properties[1] = "metrics=prometheus";
    properties[2] = "protect.login.path=/login";
    System.arraycopy(more, 0, properties, 3, more.length);
    Settings settings = Node.settings(properties);
    return Node.start(settings, memory.open(settings.session()), clock, Application::install);
  }

  @Test
  void anAnswerThatAnotherNodeVerifiesThanIssuedIsToldSo() {
    assertThat(scrape(nodeB))
        .contains(
            "captcha_verdicts_total{guard=\"login\",kind=\"text\",verdict=\"PASSED\",verified=\"elsewhere\"} 1.0",
            "captcha_verdicts_total{guard=\"login\",kind=\"text\",verdict=\"USED\",verified=\"unknown\"} 1.0",
            "captcha_shown_total{form=\"picture\"} 1.0");
    assertThat(scrape(nodeA))
        .contains(
            "captcha_verdicts_total{guard=\"login\",kind=\"text\",verdict=\"WRONG\",verified=\"here\"} 1.0",
            "captcha_issued_total{kind=\"text\"} 3.0",
            "captcha_limited_total{limit=\"issue\"} 1.0");
  }

  @Test
  void theStoresCallsAreTimedWithBucketsAndTheOpenChallengesAddUpOverTheNodes() {
    assertThat(scrape(nodeB))
        .contains(
            "captcha_store_seconds_count{operation=\"claim\",outcome=\"ok\"} 2",
            "captcha_store_seconds_bucket{operation=\"claim\",outcome=\"ok\",le=\"2.0\"} 2",
            "captcha_open -1.0");
    assertThat(scrape(nodeA)).contains("captcha_open 2.0");
  }

  @Test
  void jmxTellsTheSame() throws MalformedObjectNameException {
    CaptchaMXBean a = bean("a");
    CaptchaMXBean b = bean("b");
    assertThat(a.getIssued()).containsOnly(Map.entry("text", 3L));
    assertThat(a.getVerdicts()).containsEntry("login text WRONG here", 1L);
    assertThat(a.getLimited()).containsEntry("issue", 1L);
    assertThat(b.getShown()).containsEntry("picture", 1L);
    assertThat(b.getPassedElsewhere()).isEqualTo(1);
    assertThat(b.getPassedHere()).isZero();
    assertThat(a.getOpen() + b.getOpen()).isEqualTo(1);
    assertThat(b.getStoreCalls()).containsEntry("claim ok", 2L).containsEntry("claim fault", 0L);
    assertThat(b.getStoreMeanMillis().get("claim ok")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"})
  void whatAProxyPassesOnIsRefusedWhateverItSaysOfItsOrigin(String header) {
    HttpResponse<String> refused =
        browser.send(browser.request(nodeA, "/captcha/metrics").header(header, "127.0.0.1"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("captcha_");
  }

  @Test
  void othersThanTheSettingsNameAreRefusedAndNobodyIsServedWhenItIsOff() {
    Settings elsewhere =
        Node.settings("metrics=prometheus", "metrics.allow=10.0.0.0/8,2001:db8::/32");
    Settings off = Node.settings();
    try (Node far = Node.start(elsewhere, memory.open(elsewhere.session()), clock, c -> {});
        Node none = Node.start(off, memory.open(off.session()), clock, c -> {})) {
      assertThat(browser.get(far, "/captcha/metrics").statusCode()).isEqualTo(403);
      assertThat(browser.get(none, "/captcha/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aNodeThatIsGoneIsGoneFromJmx() throws MalformedObjectNameException {
    try (Node node = node("brief")) {
      assertThat(node.port()).isPositive();
      assertThat(beans("brief")).hasSize(1);
    }
    assertThat(beans("brief")).isEmpty();
  }

  @Test
  void whatExpiresIsOpenNoMore() throws IOException {
    MovableClock own = new MovableClock();
    Settings settings = Node.settings("metrics=prometheus", "node=late");
    try (Node late = Node.start(settings, memory.open(settings.session()), own, c -> {})) {
      assertThat(post(late).statusCode()).isEqualTo(201);
      assertThat(scrape(late)).contains("captcha_open 1.0");
      own.advance(Duration.ofMinutes(6));
      assertThat(scrape(late)).contains("captcha_open 0.0");
    }
  }

  @Test
  void theDashboardAsksOnlyForMetersThatThereAre() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("conf/grafana-dashboard.json").toFile());
    Set<String> asked = new TreeSet<>();
    for (JsonNode query : dashboard.findValues("expr")) {
      assertThat(meters(query.asText())).as(query.asText()).isNotEmpty();
      asked.addAll(meters(query.asText()));
    }
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(meters(scrape(nodeA) + scrape(nodeB))).containsAll(asked);
  }

  @Test
  void theChapterNamesEachMeterAndNoOther() throws IOException {
    Set<String> told = meters(scrape(nodeA) + scrape(nodeB));
    told.removeIf(name -> name.matches(".*_(bucket|count|sum|max)"));
    Set<String> written = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("src/site/markdown/telemetry.md"))) {
      if (line.startsWith("| `captcha.")) {
        written.add(meters(line).iterator().next());
      }
    }
    assertThat(written).isEqualTo(told);
  }

  private static Set<String> meters(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METER.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private String scrape(Node node) {
    HttpResponse<String> scraped = new Browser().get(node, "/captcha/metrics");
    assertThat(scraped.statusCode()).isEqualTo(200);
    assertThat(scraped.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain;")
        .contains("version=0.0.4");
    return scraped.body();
  }

  private static CaptchaMXBean bean(String node) throws MalformedObjectNameException {
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(),
        beans(node).iterator().next(),
        CaptchaMXBean.class);
  }

  private static Set<ObjectName> beans(String node) throws MalformedObjectNameException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(
            new ObjectName("io.anynode.captcha:type=Captcha,node=\"" + node + "\",*"), null);
  }

  private HttpResponse<String> post(Node node) {
    return browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
  }

  private JsonNode issued() throws IOException {
    HttpResponse<String> response = post(nodeA);
    assertThat(response.statusCode()).isEqualTo(201);
    return new ObjectMapper().readTree(response.body());
  }

  private String right(JsonNode challenge) {
    return Peek.answer(store, browser.sessionId(), challenge.get("id").asText());
  }

  private void answer(Node node, JsonNode challenge, String answer) {
    HttpResponse<String> unused =
        browser.post(
            node, "/login", "captcha-id", challenge.get("id").asText(), "captcha-answer", answer);
  }
}
