package io.anynode.captcha.http;

import io.anynode.captcha.Verdict;
import io.anynode.captcha.rate.Limited;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The short answers of this library's own: a page for people, problem details (RFC 9457) for
 * programs. None is ever cached.
 */
public final class ShortAnswer {

  /** How long to wait while the store is at fault, in seconds. */
  private static final String RETRY_AFTER = "2";

  static final int TOO_MANY = 429;

  private static final String FOR_PROGRAMS = ShortAnswer.class.getName() + ".forPrograms";

  private ShortAnswer() {}

  /** Has all short answers to this request be problem details, whatever it asks for. */
  public static void forPrograms(HttpServletRequest request) {
    request.setAttribute(FOR_PROGRAMS, true);
  }

  /** The store is at fault: 503, and when to come again. */
  public static void unavailable(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    comeAgain(response);
    refusal(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, Verdict.UNAVAILABLE);
  }

  /** A client has asked for too much: 429, and when to come again. */
  public static void limited(
      HttpServletRequest request, HttpServletResponse response, Limited limited)
      throws IOException {
    mark(response, limited);
    refusal(request, response, TOO_MANY, Verdict.LIMITED);
  }

  /**
   * Says which limit it was, in the fields of draft-ietf-httpapi-ratelimit-headers-10: what is
   * allowed in how many seconds, what remains of it, and when it starts again.
   */
  static void mark(HttpServletResponse response, Limited limited) {
    String policy = '"' + limited.policy() + '"';
    response.setHeader("Retry-After", Long.toString(limited.seconds()));
    response.setHeader(
        "RateLimit-Policy",
        policy + ";q=" + limited.rate().most() + ";w=" + limited.rate().window().toSeconds());
    response.setHeader("RateLimit", policy + ";r=0;t=" + limited.seconds());
  }

  /** The status and the header of a store's fault, for a body that has a form of its own. */
  public static void comeAgain(HttpServletResponse response) {
    response.setHeader("Retry-After", RETRY_AFTER);
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  /** A refused request: the verdict in a header, and its message in the form that is asked for. */
  public static void refusal(
      HttpServletRequest request, HttpServletResponse response, int status, Verdict verdict)
      throws IOException {
    Refusal.mark(response, verdict);
    Messages messages = Languages.of(request);
    String message = messages.of(verdict);
    response.setHeader("Content-Language", messages.language());
    if (asksForJson(request)) {
      problem(response, status, message, verdict);
    } else {
      response.setStatus(status);
      send(response, "text/html;charset=UTF-8", page(messages, heading(status), message));
    }
  }

  /** Problem details. */
  public static void problem(HttpServletResponse response, int status, String detail)
      throws IOException {
    problem(response, status, detail, null);
  }

  /** A JSON object, with the status that is set already. */
  public static void json(HttpServletResponse response, Map<String, ?> members) throws IOException {
    send(response, "application/json", Json.object(members));
  }

  /** A JSON object in UTF-8. */
  public static byte[] bytes(Map<String, ?> members) {
    return Json.object(members).getBytes(StandardCharsets.UTF_8);
  }

  /** A body, to be kept by nobody. */
  public static void send(HttpServletResponse response, String type, byte[] body)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void problem(
      HttpServletResponse response, int status, String detail, @Nullable Verdict verdict)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title(status));
    members.put("status", status);
    members.put("detail", detail);
    if (verdict != null) {
      members.put("verdict", verdict.name());
    }
    response.setStatus(status);
    send(response, "application/problem+json", Json.object(members));
  }

  private static void send(HttpServletResponse response, String type, String body)
      throws IOException {
    send(response, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A browser names HTML, and some name JSON too. */
  private static boolean asksForJson(HttpServletRequest request) {
    String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
    return request.getAttribute(FOR_PROGRAMS) != null
        || (accept.contains("json") && !accept.contains("text/html"));
  }

  private static String heading(int status) {
    return switch (status) {
      case 429 -> "page.limited";
      case 503 -> "page.unavailable";
      default -> "page.refused";
    };
  }

  private static String page(Messages messages, String heading, String message) {
    String title = escaped(messages.text(heading));
    return """
    <!DOCTYPE html>
    <html lang="%s" dir="%s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    </head>
    <body>
    <h1>%s</h1>
    <p>%s</p>
    </body>
    </html>
    """
        .formatted(messages.language(), messages.direction(), title, title, escaped(message));
  }

  /** An application's own texts may have anything in them. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> "Not Accepted";
    };
  }
}
