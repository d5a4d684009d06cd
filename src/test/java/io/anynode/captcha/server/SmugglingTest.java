package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two servers may read differently, sent to the front door with a real Tomcat behind:
 * none becomes two there.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SmugglingTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

  private final FrontDoor door = new FrontDoor(LOOPBACK, 0);
  private final Tomcat worker = new Tomcat();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private int port;

  @BeforeAll
  void open(@TempDir Path base) throws LifecycleException {
    worker.setBaseDir(base.toString());
    worker.setPort(0);
    worker.getConnector().setProperty("address", "127.0.0.1");
    worker.setSilent(true);
    Context context = worker.addContext("", base.toString());
    Tomcat.addServlet(context, "seen", new Seeing()).addMapping("/*");
    worker.start();
    port = door.open();
    door.add("worker-1", worker.getConnector().getLocalPort());
  }

  private final class Seeing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().readAllBytes();
      seen.add(request.getRequestURI());
      response.getWriter().print("seen " + request.getRequestURI());
    }
  }

  @AfterAll
  void close() throws LifecycleException {
    door.close();
    worker.stop();
    worker.destroy();
    System.clearProperty("catalina.home");
  }

  @BeforeEach
  void forget() {
    seen.clear();
  }

  private static Arguments shape(String name, String headers, String body) {
    return Arguments.argumentSet(name, headers, body);
  }

  static Stream<Arguments> shapes() {
    String chunked = "0\r\n\r\n" + SMUGGLED;
    int all = chunked.length();
    return Stream.of(
        shape(
            "length, then chunked",
            "Content-Length: " + all + "\nTransfer-Encoding: chunked",
            chunked),
        shape(
            "chunked, then length", "Transfer-Encoding: chunked\nContent-Length: " + all, chunked),
        shape("length 0 and chunked", "Content-Length: 0\nTransfer-Encoding: chunked", chunked),
        shape("two lengths", "Content-Length: 0\nContent-Length: " + SMUGGLED.length(), SMUGGLED),
        shape("two lengths in one", "Content-Length: 0, " + SMUGGLED.length(), SMUGGLED),
        shape("a length with a sign", "Content-Length: +0", SMUGGLED),
        shape("a negative length", "Content-Length: -1", SMUGGLED),
        shape("a hexadecimal length", "Content-Length: 0x0", SMUGGLED),
        shape(
            "another coding", "Content-Length: " + all + "\nTransfer-Encoding: xchunked", chunked),
        shape("an unknown coding alone", "Transfer-Encoding: xchunked", chunked),
        shape(
            "chunked, identity",
            "Content-Length: " + all + "\nTransfer-Encoding: chunked, identity",
            chunked),
        shape("two codings", "Transfer-Encoding: chunked\nTransfer-Encoding: identity", chunked),
        shape(
            "a quoted coding",
            "Content-Length: " + all + "\nTransfer-Encoding: \"chunked\"",
            chunked),
        shape(
            "a coding behind a tab",
            "Content-Length: " + all + "\nTransfer-Encoding:\tchunked",
            chunked),
        shape(
            "a vertical tab before it",
            "Content-Length: " + all + "\nTransfer-Encoding: \u000bchunked",
            chunked),
        shape(
            "a space before the colon",
            "Content-Length: " + all + "\nTransfer-Encoding : chunked",
            chunked),
        shape(
            "a folded header",
            "Content-Length: " + all + "\nX: y\n Transfer-Encoding: chunked",
            chunked),
        shape(
            "a folded coding",
            "Content-Length: " + all + "\nTransfer-Encoding:\n chunked",
            chunked),
        shape(
            "a bare line feed before it",
            "Content-Length: " + all + "\nX: y\\LTransfer-Encoding: chunked",
            chunked),
        shape(
            "a bare carriage return before it",
            "Content-Length: " + all + "\nX: y\\RTransfer-Encoding: chunked",
            chunked),
        shape(
            "a NUL in the name",
            "Content-Length: " + all + "\nTransfer\u0000-Encoding: chunked",
            chunked));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aRequestThatCanBeReadInTwoWaysNeverBecomesTwo(String headers, String body)
      throws IOException {
    String text = headers.replace("\n", "\r\n").replace("\\L", "\n").replace("\\R", "\r");
    String answer = answer("POST /first HTTP/1.1\r\nHost: a\r\n" + text + "\r\n\r\n" + body);

    assertThat(seen).as(answer).doesNotContain("/smuggled");
    assertThat(answer).doesNotContain("seen /smuggled");
    assertThat(seen.size()).isLessThanOrEqualTo(1);
    assertThat(next()).isEqualTo("seen /next");
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void aChunkThatCanBeReadInTwoWaysNeverBecomesTwo(String chunks) throws IOException {
    String answer =
        answer("POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);

    assertThat(seen).as(answer).doesNotContain("/smuggled");
    assertThat(next()).isEqualTo("seen /next");
  }

  static Stream<Arguments> chunks() {
    String inside = SMUGGLED;
    String size = Integer.toHexString(inside.length());
    String end = "\r\n0\r\n\r\n";
    return Stream.of(
        Arguments.argumentSet("an extension", size + ";a=b\r\n" + inside + end),
        Arguments.argumentSet("an extension with a bare line feed", "0;a=b\n\r\n" + inside + end),
        Arguments.argumentSet("a quoted line break", "0;a=\"\r\n\r\n\"\r\n" + inside + end),
        Arguments.argumentSet("a size with a sign", "+0\r\n\r\n" + inside),
        Arguments.argumentSet("a size with 0x", "0x0\r\n\r\n" + inside),
        Arguments.argumentSet("a size that overflows", "10000000000000000\r\n\r\n" + inside),
        Arguments.argumentSet("a negative size", "-1\r\n\r\n" + inside),
        Arguments.argumentSet("no size", "\r\n\r\n" + inside),
        Arguments.argumentSet("more than its size", "1\r\nab" + inside + end));
  }

  @Test
  void twoRequestsThatAreWellFormedAreTwo() throws IOException {
    String last = SMUGGLED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    assertThat(answer("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + last, 20_000))
        .contains("seen /first", "seen /smuggled");
  }

  /** What another visitor gets over the door's connections to the worker: only what was asked. */
  private String next() throws IOException {
    String answer = answer("GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 20_000);
    List<String> parts = List.of(answer.split("\r\n\r\n", 2));
    return parts.size() < 2 ? answer : parts.get(1);
  }

  /** All that comes back, until the door closes the connection or says nothing more. */
  private String answer(String request) throws IOException {
    return answer(request, 1_000);
  }

  private String answer(String request, int patience) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, port)) {
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      try {
        for (int read; (read = socket.getInputStream().read()) >= 0; ) {
          answer.append((char) read);
        }
      } catch (SocketTimeoutException e) {
        return answer.toString();
      } catch (IOException e) {
        return answer + " (reset)";
      }
      return answer.toString();
    }
  }
}
