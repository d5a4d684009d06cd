package io.anynode.captcha.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: one cookie jar, whichever worker it is sent to. */
public final class Visitor {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private static final Pattern PICTURE =
      Pattern.compile("src=\"((?:/[\\w-]+)?/captcha/([^\"]+)\\.png)\"");

  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Duration patience;

  public Visitor() {
    this(Duration.ofSeconds(60));
  }

  /** A visitor who waits so long for each answer, and no longer. */
  public Visitor(Duration patience) {
    this.patience = patience;
  }

  /** What a login page shows: its challenge, and who answered. */
  public record Page(String id, String picture, String servedBy, String html) {}

  /** One answer of a worker's; each character of the body stands for a byte. */
  public record Answer(int status, String servedBy, Map<String, String> headers, String body) {

    static Answer of(HttpResponse<byte[]> response) {
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("X-Served-By").orElse("nobody"),
          response.headers().map().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> String.join(", ", e.getValue()))),
          new String(response.body(), StandardCharsets.ISO_8859_1));
    }

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }

    public String text() {
      return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** A second browser with the same cookies, such as one that stole them. */
  public Visitor copy() {
    Visitor copy = new Visitor(patience);
    copy.cookies.putAll(cookies);
    return copy;
  }

  public Answer get(URI url) {
    return send(HttpRequest.newBuilder(url).GET());
  }

  Page login(URI base) {
    return page(get(base.resolve("/login.jsp")));
  }

  public static Page page(Answer answer) {
    String html = answer.text();
    Matcher picture = PICTURE.matcher(html);
    if (!picture.find()) {
      throw new AssertionError(answer.status() + " without a picture: " + html);
    }
    return new Page(picture.group(2), picture.group(1), answer.servedBy(), html);
  }

  Answer post(URI base, String id, String answer) {
    return post(
        base.resolve("/login"),
        Map.of("username", "demo", "password", "demo", "captcha-id", id, "captcha-answer", answer));
  }

  public Answer post(URI url, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** The id of the session, as the cookie has it. */
  public String sessionId() {
    return new String(Base64.getDecoder().decode(cookies.get("SESSION")), StandardCharsets.UTF_8);
  }

  /** Keeps what a Set-Cookie header says. */
  void take(String header) {
    HttpCookie cookie = HttpCookie.parse(header).get(0);
    cookies.put(cookie.getName(), cookie.getValue());
  }

  private Answer send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      HttpResponse<byte[]> response =
          CLIENT.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofByteArray());
      response.headers().allValues("Set-Cookie").forEach(this::take);
      return Answer.of(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
