package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.MovableClock;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A challenge as a sound, on two nodes. */
@TestInstance(Lifecycle.PER_CLASS)
class SoundTest {

  private final SharedMemory memory = new SharedMemory();
  private final MovableClock clock = new MovableClock();
  private final Settings settings =
      Node.settings("offer=picture,sound", "protect.login.path=/login", "metrics=prometheus");
  private final SessionStore store = memory.open(settings.session());
  private Browser browser = new Browser();
  private Node first;
  private Node second;

  @BeforeAll
  void start() {
    first = node();
    second = node();
  }

  private Node node() {
    return Node.start(settings, memory.open(settings.session()), clock, Application::install);
  }

  @AfterAll
  void stop() {
    first.close();
    second.close();
    store.close();
  }

  @BeforeEach
  void visit() {
    browser = new Browser();
  }

  @Test
  void itIsASoundThatNobodyKeeps() throws IOException {
    HttpResponse<byte[]> response = browser.bytes(second, sound(first));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("audio/wav");
    assertThat(header(response, "Content-Language")).isEqualTo("en");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(response, "Content-Length"))
        .isEqualTo(Integer.toString(response.body().length));
    assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(response.body()).startsWith('R', 'I', 'F', 'F');
  }

  @Test
  void eachNodeSpeaksItAlikeAndItsAnswerStaysGood() throws IOException {
    String sound = sound(first);
    byte[] heard = browser.bytes(first, sound).body();
    assertThat(browser.bytes(second, sound).body()).isEqualTo(heard);
    assertThat(browser.bytes(first, sound).body()).isEqualTo(heard);

    String id = id(sound);
    String answer = Peek.answer(store, browser.sessionId(), id);
    assertThat(browser.post(second, "/login", "captcha-id", id, "captcha-answer", answer).body())
        .startsWith(Application.LET_THROUGH);
    assertNotFound(browser.get(first, sound));
  }

  @Test
  void anotherChallengeSoundsOtherwise() throws IOException {
    assertThat(browser.bytes(first, sound(first)).body())
        .isNotEqualTo(browser.bytes(first, sound(first)).body());
  }

  @Test
  void aHeadSaysHowLongItIs() throws IOException {
    String sound = sound(first);
    HttpResponse<String> head =
        browser.send(browser.request(first, sound).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(browser.bytes(second, sound).body().length);
  }

  @Test
  void itCanBeSaved() throws IOException {
    assertThat(header(browser.bytes(first, sound(first) + "?download"), "Content-Disposition"))
        .isEqualTo("attachment; filename=\"captcha.wav\"");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-1,           0,  2",
    "bytes=44-143,       44, 144",
    "bytes=100-,        100, -1",
    "bytes=-10,         -10, -1",
    "bytes=5-999999999,   5, -1",
    "bytes=-999999999,    0, -1"
  })
  void aPartIsAnsweredAsSuch(String range, int from, int to) throws IOException {
    String sound = sound(first);
    byte[] whole = browser.bytes(first, sound).body();
    HttpResponse<byte[]> part = ranged(sound, range);

    int begin = from < 0 ? whole.length + from : from;
    int end = to < 0 ? whole.length : to;
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, begin, end));
    assertThat(header(part, "Content-Range"))
        .isEqualTo("bytes %d-%d/%d".formatted(begin, end - 1, whole.length));
    assertThat(header(part, "Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,4-5", "bytes=9-3", "bytes=-", "items=0-1", "bytes=99999999999-"})
  void aRangeThatNeedNotBeUnderstoodGetsTheWhole(String range) throws IOException {
    String sound = sound(first);
    HttpResponse<byte[]> response = ranged(sound, range);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(browser.bytes(first, sound).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=999999999-", "bytes=-0"})
  void aRangeBehindTheEndIsAProblem(String range) throws IOException {
    String sound = sound(first);
    int length = browser.bytes(first, sound).body().length;
    HttpResponse<byte[]> response = ranged(sound, range);
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */" + length);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void anExpiredOneAndThatOfAnotherSessionAreNotFound() throws IOException {
    String sound = sound(first);
    assertNotFound(new Browser().get(first, sound));
    assertNotFound(browser.get(first, "/captcha/" + "A".repeat(40) + ".wav"));
    clock.advance(Duration.ofMinutes(5));
    assertNotFound(browser.get(first, sound));
  }

  @Test
  void whereItIsNotOfferedThereIsNone() throws IOException {
    Settings silent = Node.settings("offer=picture,work");
    try (Node other = Node.start(silent, memory.open(silent.session()), clock, context -> {})) {
      HttpResponse<String> issued = browser.post(other, "/captcha/challenges");
      JsonNode challenge = new ObjectMapper().readTree(issued.body());
      assertThat(challenge.has("sound")).isFalse();
      assertNotFound(browser.get(other, "/captcha/" + challenge.get("id").asText() + ".wav"));
    }
  }

  @Test
  void aSumIsSpokenToo() throws IOException {
    Settings sums = Node.settings("kind=sum", "offer=picture,sound");
    try (Node other = Node.start(sums, memory.open(sums.session()), clock, context -> {})) {
      assertThat(browser.bytes(other, sound(other)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void itIsCounted() throws IOException {
    browser.bytes(first, sound(first));
    assertThat(browser.get(first, "/captcha/metrics").body())
        .containsPattern("captcha_shown_total\\{[^}]*form=\"sound\"[^}]*} [1-9]");
  }

  private HttpResponse<byte[]> ranged(String sound, String range) {
    HttpRequest.Builder request = browser.request(first, sound).header("Range", range);
    return browser.sendForBytes(request);
  }

  private String sound(Node node) throws IOException {
    String json = browser.post(node, "/captcha/challenges").body();
    return new ObjectMapper().readTree(json).get("sound").asText();
  }

  private static String id(String sound) {
    return sound.substring("/captcha/".length(), sound.length() - ".wav".length());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static void assertNotFound(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
  }
}
