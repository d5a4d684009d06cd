package io.anynode.captcha.fire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anynode.captcha.fire.Reply.Step;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A visitor of the load: a cookie jar, and a note of each answer. Half of them ask for JSON. */
final class Guest {

  /** Far beyond what is promised, so that a late answer is measured. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final Pattern ID =
      Pattern.compile("captcha/([\\w-]{20,})\\.png|\"id\":\"([^\"]+)\"");

  private final Map<String, String> cookies = new ConcurrentSkipListMap<>();
  private final Consumer<Reply> notes;
  private final boolean program;

  /**
   * A visitor with no cookie.
   *
   * @param notes takes each answer
   * @param program whether it asks for JSON, where people ask for pages
   */
  Guest(Consumer<Reply> notes, boolean program) {
    this.notes = notes;
    this.program = program;
  }

  /** Opens a form, as a page or as JSON; null if there was none. */
  @Nullable String open(URI door) {
    Got got =
        program
            ? send(Step.CHALLENGE, post(door.resolve("captcha/challenges"), ""))
            : send(Step.PAGE, HttpRequest.newBuilder(door.resolve("login.jsp")));
    Matcher id = ID.matcher(got.body());
    if (got.reply().status() / 100 != 2 || !id.find()) {
      return null;
    }
    return id.group(1) != null ? id.group(1) : id.group(2);
  }

  Reply picture(URI door, String id) {
    return send(Step.PICTURE, HttpRequest.newBuilder(door.resolve("captcha/" + id + ".png")))
        .reply();
  }

  Reply answer(URI door, String id, String answer) {
    String form = "username=demo&password=demo&captcha-id=" + id + "&captcha-answer=" + answer;
    return send(Step.ANSWER, post(door.resolve("login"), form)).reply();
  }

  /** A page that needs neither captcha nor session. */
  Reply plain(URI door) {
    return send(Step.PLAIN, HttpRequest.newBuilder(door.resolve("style.css"))).reply();
  }

  private static HttpRequest.Builder post(URI url, String form) {
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private record Got(Reply reply, String body) {}

  private Got send(Step step, HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    request.header("Accept", program ? "application/json" : "text/html").timeout(PATIENCE);
    long begun = System.nanoTime();
    Got got;
    try {
      HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      long ended = System.nanoTime();
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      String body = new String(response.body(), UTF_8);
      String verdict = response.headers().firstValue("Captcha-Verdict").orElse("");
      boolean honest = response.statusCode() != 503 || isHonest(step, response, body);
      got = new Got(new Reply(step, begun, ended, response.statusCode(), verdict, honest), body);
    } catch (IOException e) {
      got = new Got(new Reply(step, begun, System.nanoTime(), 0, "", false), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the load is over, and nobody looks at this one
      return new Got(new Reply(step, begun, System.nanoTime(), 0, "", false), "");
    }
    notes.accept(got.reply());
    return got;
  }

  /** The endpoints, a picture's among them, speak to programs alone. */
  private boolean isHonest(Step step, HttpResponse<?> response, String body) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean problem = program || step == Step.PICTURE;
    boolean told =
        problem
            ? type.startsWith("application/problem+json") && body.contains("\"status\":503")
            : type.startsWith("text/html") && body.contains("<h1>");
    return told && response.headers().firstValue("Retry-After").orElse("").matches("\\d+");
  }

  private void keep(String header) {
    HttpCookie cookie = HttpCookie.parse(header).get(0);
    cookies.put(cookie.getName(), cookie.getValue());
  }
}
