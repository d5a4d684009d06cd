package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ALTCHA widget that comes along is the one that its makers published. */
@TestInstance(Lifecycle.PER_CLASS)
class AltchaFilesTest {

  private final SharedMemory memory = new SharedMemory();
  private final Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node = node("offer=picture,work");
  }

  private Node node(String... properties) {
    Settings settings = Node.settings(properties);
    return Node.start(
        settings, memory.open(settings.session()), Clock.systemUTC(), Application::install);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  /** Those of {@code npm pack altcha@3.2.2}, in {@code package/dist}. */
  @ParameterizedTest
  @CsvSource({
    "altcha/altcha.min.js, 959494398e8fcde3414d09309ade24b444ede098b04dec1514f4754279bff031",
    "altcha/altcha.css, 03622256effb4e962d0c1da9a59684cf237f541f290703934c07a97dabcbad47"
  })
  void eachFileHasThePublishedBytes(String file, String sha256) throws Exception {
    byte[] body = browser.bytes(node, "/captcha/" + file).body();

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)))
        .isEqualTo(sha256);
  }

  @ParameterizedTest
  @CsvSource({
    "work.js, text/javascript",
    "altcha/altcha.min.js, text/javascript",
    "altcha/altcha.css, text/css"
  })
  void aBrowserMayKeepEachAndAsksWhetherItIsStillTheSame(String file, String type) {
    HttpResponse<byte[]> first = browser.bytes(node, "/captcha/" + file);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        browser.send(browser.request(node, "/captcha/" + file).header("If-None-Match", tag).GET());

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(first.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(first.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void whereWorkIsNotOfferedTheyAreNotThere() {
    try (Node without = node("offer=picture")) {
      for (String file : new String[] {"work.js", "altcha/altcha.min.js"}) {
        assertThat(browser.bytes(without, "/captcha/" + file).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void theirLicencesComeAlong() throws Exception {
    for (String licence : new String[] {"MIT-ALTCHA.txt", "MIT-Svelte.txt"}) {
      try (var file =
          Objects.requireNonNull(getClass().getResourceAsStream("/META-INF/licenses/" + licence))) {
        assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
            .contains("Permission is hereby granted");
      }
      assertThat(Files.readString(Path.of("NOTICE"))).contains(licence);
    }
  }
}
