package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The widget's files, as browsers fetch and keep them. */
@TestInstance(Lifecycle.PER_CLASS)
class WidgetFilesTest {

  /** The most that a page loads for the widget, in bytes, as servers compress. */
  private static final int MOST = 15_000;

  static final List<String> FILES = CaptchaServlet.FILES;

  private final Settings settings =
      Node.settings(
          "parameter.id=the-id", "parameter.answer=the-answer", "parameter.work=the-work");
  private final Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node =
        Node.start(
            settings,
            new SharedMemory().open(settings.session()),
            Clock.systemUTC(),
            Application::install);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void aFileIsKeptByTheBrowserAndAskedAboutEachTime(String file) {
    HttpResponse<String> first = browser.get(node, "/captcha/" + file);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElse(""))
        .startsWith(file.endsWith(".css") ? "text/css" : "text/javascript");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(first.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("W/\"").endsWith("\"");

    HttpResponse<String> again = asking("/captcha/" + file, "\"other\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(asking("/captcha/" + file, tag.substring(2)).statusCode()).isEqualTo(304);
    assertThat(asking("/captcha/" + file, "W/\"other\"").body()).isEqualTo(first.body());
  }

  @Test
  void aHeadHasTheSameHeaders() {
    HttpResponse<String> head =
        browser.send(
            browser.request(node, "/captcha/widget.js").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("ETag"))
        .isEqualTo(browser.get(node, "/captcha/widget.js").headers().firstValue("ETag"));
  }

  @Test
  void allOfThemAreSmall() throws IOException {
    int size = 0;
    for (String file : FILES) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(browser.get(node, "/captcha/" + file).body().getBytes(StandardCharsets.UTF_8));
      }
      size += bytes.size();
    }
    assertThat(size).isBetween(1000, MOST);
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void noneDoesWhatAStrictPolicyForbids(String file) {
    assertThat(browser.get(node, "/captcha/" + file).body())
        .doesNotContain("eval(", "new Function", "innerHTML", "document.write", "@import");
  }

  @Test
  void theTextsAreInTheRequestsLanguage() throws IOException {
    JsonNode arabic =
        new ObjectMapper()
            .readTree(
                browser
                    .send(
                        browser
                            .request(node, "/captcha/widget.json")
                            .header("Accept-Language", "ar-EG,en;q=0.5")
                            .GET())
                    .body());
    assertThat(arabic.get("language").asText()).isEqualTo("ar");
    assertThat(arabic.get("direction").asText()).isEqualTo("rtl");
    assertThat(arabic.get("refresh").asText()).isEqualTo("تجربة سؤال آخر");
    assertThat(arabic.get("idParameter").asText()).isEqualTo("the-id");
    assertThat(arabic.get("answerParameter").asText()).isEqualTo("the-answer");
    assertThat(arabic.get("workParameter").asText()).isEqualTo("the-work");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "de-AT"})
  void orInTheOneThatThePageAsksFor(String language) throws IOException {
    HttpResponse<String> response =
        browser.send(
            browser
                .request(node, "/captcha/widget.json?language=" + language)
                .header("Accept-Language", "ar")
                .GET());
    assertThat(new ObjectMapper().readTree(response.body()).get("refresh").asText())
        .isEqualTo("Andere Aufgabe");
    assertThat(response.headers().firstValue("Content-Language")).hasValue("de");
    assertThat(response.headers().allValues("Vary")).contains("Accept-Language");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    assertThat(asking("/captcha/widget.json?language=de", tag).statusCode()).isEqualTo(304);
    assertThat(asking("/captcha/widget.json?language=fr", tag).statusCode()).isEqualTo(200);
    assertThat(asking("/captcha/widget.json?language=!", tag).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> asking(String path, String known) {
    return browser.send(browser.request(node, path).header("If-None-Match", known).GET());
  }
}
