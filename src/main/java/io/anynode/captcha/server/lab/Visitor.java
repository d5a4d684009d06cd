package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.ServedBy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One person's browser: an address and a cookie jar. It solves each challenge, by the answer that
 * is right in test mode. For one thread, save where it says otherwise.
 */
final class Visitor {

  /**
   * What a front or a worker answered.
   *
   * @param status 0 if the connection broke
   * @param worker who answered
   * @param body the content
   * @param verdict why the captcha refused it; empty if it did not
   * @param nanos how long it took
   */
  record Reply(int status, String worker, String body, String verdict, long nanos) {

    /** In short, why it was not accepted. */
    String refusal() {
      return status == 0 ? "no answer" : (status + " " + verdict).strip();
    }

    boolean isAccepted() {
      return status == 204;
    }
  }

  /** Nobody served it. */
  static final String NOBODY = "nobody";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern ID = Pattern.compile("\"id\":\"([A-Za-z0-9_-]+)\"");

  private final HttpClient client;
  private final String address;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Visitor(HttpClient client, String address) {
    this.client = client;
    this.address = address;
  }

  /** A client for many visitors. */
  static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        .build();
  }

  /** Opens the home page, which gives the application's own cookie. */
  Reply home(URI base) {
    return send(request(base, LabApplication.HOME).GET());
  }

  /** Asks for a challenge; {@link #idIn} finds its id. */
  Reply issue(URI base) {
    return send(request(base, "/captcha/challenges").POST(BodyPublishers.noBody()));
  }

  /** The id of the challenge that was issued; null if none was. */
  static @Nullable String idIn(Reply issued) {
    Matcher id = ID.matcher(issued.body());
    return issued.status() == 201 && id.find() ? id.group(1) : null;
  }

  /** Looks at a challenge's picture, which changes nothing: 200 if that worker knows it. */
  Reply picture(URI base, String id) {
    return send(request(base, "/captcha/" + id + ".png").GET());
  }

  /** Sends the right answer: 204 if it was accepted. */
  Reply answer(URI base, String id) {
    return send(answerRequest(base, id));
  }

  /** The same without waiting for it, and without keeping its cookies. */
  CompletableFuture<Reply> answerAtOnce(URI base, String id) {
    long start = System.nanoTime();
    return client
        .sendAsync(answerRequest(base, id).build(), BodyHandlers.ofString())
        .handle((response, broken) -> response == null ? broken(start) : reply(response, start));
  }

  /** Whether this visitor is logged in: 204 if so. */
  Reply me(URI base) {
    return send(request(base, LabApplication.ME).GET());
  }

  private HttpRequest.Builder answerRequest(URI base, String id) {
    return request(base, LabApplication.LOGIN)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("captcha-id=" + id + "&captcha-answer=PASSED"));
  }

  private HttpRequest.Builder request(URI base, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("X-Forwarded-For", address);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private Reply send(HttpRequest.Builder request) {
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(this::take);
      return reply(response, start);
    } catch (IOException e) {
      return broken(start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return broken(start);
    }
  }

  private void take(String header) {
    String pair = header.split(";", 2)[0];
    int equals = pair.indexOf('=');
    if (equals > 0) {
      cookies.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
  }

  private static Reply reply(HttpResponse<String> response, long start) {
    return new Reply(
        response.statusCode(),
        response.headers().firstValue(ServedBy.HEADER).orElse(NOBODY),
        response.body(),
        response.headers().firstValue("Captcha-Verdict").orElse(""),
        System.nanoTime() - start);
  }

  private static Reply broken(long start) {
    return new Reply(0, NOBODY, "", "", System.nanoTime() - start);
  }
}
