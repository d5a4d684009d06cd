package io.anynode.captcha.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long the work takes, in a browser and for native code: {@code mvn verify -Pwork} writes the
 * table of the chapter to {@code target/work.md}. Says nothing on a machine that does other things.
 */
@Tag("work")
class WorkTimesIT {

  private static final int[] DIFFICULTIES = {100, 300, 1000, 3000, 8000};
  private static final int TIMES = 3;
  private static final int COST = 1000;
  private static final int NATIVE_KEYS = 5000;
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] NONCE = "a nonce of ASCII".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SALT =
      "a salt of thirty bytes, or so.".getBytes(StandardCharsets.US_ASCII);

  @Test
  void theTable() throws Exception {
    double key = nativeKey();
    List<String> rows = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", WorkTimesIT::answer);
    server.start();
    try (Chromium chromium = Chromium.start("--host-resolver-rules=MAP login.example 127.0.0.1");
        BrowserContext visitor = chromium.browser().newContext()) {
      String port = ":" + server.getAddress().getPort();
      Page page = visitor.newPage();
      for (int difficulty : DIFFICULTIES) {
        rows.add(
            String.format(
                Locale.ROOT,
                "| %,d | %s | %s | %,d |",
                difficulty,
                seconds(page, true, "http://127.0.0.1" + port, difficulty),
                seconds(page, false, "http://login.example" + port, difficulty),
                Math.round(key * difficulty)));
      }
    } finally {
      server.stop(0);
    }
    String table =
        "| difficulty | `crypto.subtle`, s | plain JavaScript, s | native, ms of one core |\n"
            + "|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n";
    Files.writeString(Path.of("target", "work.md"), machine() + "\n\n" + table);
    assertThat(rows).hasSize(DIFFICULTIES.length);
  }

  /** The average work of a difficulty, the median of some times. */
  private static String seconds(Page page, boolean isSecure, String origin, int difficulty) {
    page.navigate(origin + "/page.html");
    assertThat(page.evaluate("isSecureContext")).isEqualTo(isSecure);
    double[] millis = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      millis[i] =
          ((Number)
                  page.evaluate(
                      "async counter => { const {solve} = await import('/work.js');"
                          + " const begun = performance.now();"
                          + " await solve('/' + counter + '.json');"
                          + " return performance.now() - begun; }",
                      difficulty))
              .doubleValue();
    }
    Arrays.sort(millis);
    return String.format(Locale.ROOT, "%.2f", millis[TIMES / 2] / 1000);
  }

  /** A page, the script, and a challenge whose counter is told in its path. */
  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body =
        path.endsWith(".json")
            ? challenge(path.substring(1).replace(".json", "")).getBytes(StandardCharsets.UTF_8)
            : path.equals("/work.js") ? script() : new byte[0];
    String type = path.endsWith(".html") ? "text/html" : "text/javascript";
    exchange
        .getResponseHeaders()
        .set("Content-Type", path.endsWith(".json") ? "application/json" : type);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] script() {
    try (var script =
        Objects.requireNonNull(
            WorkTimesIT.class.getResourceAsStream("/io/anynode/captcha/web/work.js"))) {
      return script.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String challenge(String counter) {
    try {
      String key = HEX.formatHex(key(Integer.parseInt(counter)), 0, 16);
      return """
      {"parameters":{"algorithm":"PBKDF2/SHA-256","nonce":"%s","salt":"%s","cost":%d,\
      "keyLength":32,"keyPrefix":"%s"}}\
      """
          .formatted(HEX.formatHex(NONCE), HEX.formatHex(SALT), COST, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] key(int counter) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] password = ByteBuffer.allocate(20).put(NONCE).putInt(counter).array();
    mac.init(new SecretKeySpec(password, "HmacSHA256"));
    byte[] block = mac.doFinal(ByteBuffer.allocate(34).put(SALT).putInt(1).array());
    byte[] key = block.clone();
    for (int round = 1; round < COST; round++) {
      block = mac.doFinal(block);
      for (int i = 0; i < key.length; i++) {
        key[i] ^= block[i];
      }
    }
    return key;
  }

  /** The milliseconds of one key on one core. */
  private static double nativeKey() throws Exception {
    Path program = Files.createTempDirectory("work-").resolve("pbkdf2");
    said("cc", "-O2", "-o", program.toString(), "src/test/native/pbkdf2.c", "-lcrypto");
    try {
      return Double.parseDouble(said(program.toString(), Integer.toString(NATIVE_KEYS)));
    } finally {
      Files.delete(program);
      Files.delete(Objects.requireNonNull(program.getParent()));
    }
  }

  private static String machine() throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    return Runtime.getRuntime().availableProcessors() + " cores, a load of " + load + " at the end";
  }

  private static String said(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Map.of("command", List.of(command)).toString()).isZero();
    return said.strip();
  }
}
