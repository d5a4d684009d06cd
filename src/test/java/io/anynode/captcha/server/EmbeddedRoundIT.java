package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cluster as it comes: no store is named and no secret, so that it makes both itself. */
class EmbeddedRoundIT {

  @TempDir static Path data;

  private static RunningCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        RunningCluster.with("--workers", "3", "--data", data.toString())
            .property("captcha.test-mode", "true")
            .start();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theLoginIsAnsweredByThreeWorkersOnceAndTheSessionOutlivesTheCluster() {
    Visitor visitor = new Visitor();
    Page page = visitor.login(cluster.url());
    Answer picture = visitor.get(cluster.url().resolve(page.picture()));
    Answer form = visitor.post(cluster.url(), page.id(), "PASSED");
    assertThat(picture.status()).isEqualTo(200);
    assertThat(form.status()).isEqualTo(303);
    assertThat(form.header("Location")).endsWith("/welcome.jsp");
    assertThat(Set.of(page.servedBy(), picture.servedBy(), form.servedBy())).hasSize(3);

    Answer replay = visitor.post(cluster.url(), page.id(), "PASSED");
    assertThat(replay.status()).isEqualTo(422);
    assertThat(replay.header("Captcha-Verdict")).isEqualTo("USED");

    assertThat(cluster.stop().status()).isZero();
    cluster.close();
    start();
    Answer welcome = visitor.get(cluster.url().resolve("/welcome.jsp"));
    assertThat(welcome.status()).as(cluster.err()).isEqualTo(200);
    assertThat(visitor.post(cluster.url(), page.id(), "PASSED").header("Captcha-Verdict"))
        .isEqualTo("USED");
  }

  @Test
  void healthTellsTheVersionOfTheJarInTheWar() throws IOException {
    assertThat(new Visitor().get(cluster.url().resolve("/captcha/health")).text())
        .contains("\"version\":\"" + RunningCluster.version() + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/login;x",
        "/login;jsessionid=1",
        "/x/../login",
        "/x/..;/login",
        "/./login",
        "/login/",
        "/login/.",
        "/login%2f",
        "/login%3bx",
        "/login%00",
        "/LOGIN",
        "//login",
        "/%6cogin",
        "/%2e/login",
        "/login?x",
        "/WEB-INF/check-login.jsp",
        "http://localhost/login"
      })
  void noSpellingOfThePathLogsInWithoutAnAnswer(String path) throws IOException {
    String response = postedByHand(path);

    assertThat(response).startsWith("HTTP/1.1 4").doesNotContain("welcome.jsp");
    for (String line : response.lines().toList()) {
      if (line.startsWith("Set-Cookie: SESSION=")) {
        Visitor visitor = new Visitor();
        visitor.take(line.substring("Set-Cookie: ".length()));
        assertThat(visitor.get(cluster.url().resolve("/welcome.jsp")).status()).isEqualTo(302);
      }
    }
  }

  /** Sends the demo's user and password to a path that no client may put in order. */
  private static String postedByHand(String path) throws IOException {
    URI url = cluster.url();
    String form = "username=demo&password=demo";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(30_000);
      String request =
          """
          POST %s HTTP/1.1
          Host: %s
          Content-Type: application/x-www-form-urlencoded
          Content-Length: %d
          Connection: close

          %s"""
              .formatted(path, url.getAuthority(), form.length(), form);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
