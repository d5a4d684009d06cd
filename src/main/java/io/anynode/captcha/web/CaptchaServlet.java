package io.anynode.captcha.web;

import io.anynode.captcha.http.ContextPath;
import io.anynode.captcha.http.ShortAnswer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoints, under {@code captcha.prefix}.
 *
 * <ul>
 *   <li>{@code POST /challenges} issues a challenge and describes it in JSON
 *   <li>{@code GET /<id>.png} shows it, {@code GET /<id>.wav} speaks it if {@code captcha.offer}
 *       has sound
 *   <li>{@code GET /image} issues and shows in one step
 *   <li>{@code GET /<id>.json} describes the work that answers it, {@code GET /altcha.json} issues
 *       and describes in one step; {@code GET /work.js} and {@code /altcha/…} are the scripts that
 *       do it; all only if {@code captcha.offer} has work
 *   <li>{@code POST /answers} takes an answer and gives a token for it, {@code POST /siteverify}
 *       tells another server whether that is good; both only with {@code captcha.siteverify.secret}
 *   <li>{@code GET /widget.js}, {@code /widget.css} and {@code /widget.json} are the widget
 *   <li>{@code GET /health} tells whether the store is reachable
 *   <li>{@code GET /metrics} tells what was counted, if the settings have it
 *   <li>{@code GET /openapi.json} describes all of these
 * </ul>
 *
 * <p>Errors are problem details (RFC 9457).
 */
final class CaptchaServlet extends HttpServlet {

  static final String CHALLENGES = "/challenges";
  static final String PNG = ".png";
  static final String WAV = ".wav";
  static final String JSON = ".json";

  /** What the paths of the widget's files begin with. */
  private static final List<String> SCRIPTS = List.of("/widget", "/work.js", "/altcha/");

  /** The widget's files. */
  static final List<String> FILES =
      List.of("widget.js", "widget-kept.js", "widget-parts.js", "widget.css");

  private static final long serialVersionUID = 1L;

  private final transient Map<String, Route> routes;
  private final transient Map<String, Route> challenges;

  /**
   * The endpoints.
   *
   * @param routes by path
   * @param challenges what shows a challenge, by the end of its path, such as {@link #PNG}
   */
  CaptchaServlet(Map<String, Route> routes, Map<String, Route> challenges) {
    this.routes = Map.copyOf(routes);
    this.challenges = Map.copyOf(challenges);
  }

  /**
   * A resource.
   *
   * @param methods what it allows beside OPTIONS
   */
  record Route(List<String> methods, Endpoint endpoint) {}

  /** A resource that is only read. */
  static Route read(Endpoint endpoint) {
    return new Route(List.of("GET", "HEAD"), endpoint);
  }

  /** A resource that is posted to. */
  static Route post(Endpoint endpoint) {
    return new Route(List.of("POST"), endpoint);
  }

  /**
   * The paths under the prefix, as OpenAPI writes them; without those of the widget and of scripts,
   * which pages name as they are.
   */
  Set<String> paths() {
    return Stream.concat(
            routes.keySet().stream().filter(path -> SCRIPTS.stream().noneMatch(path::startsWith)),
            challenges.keySet().stream().map(end -> "/{id}" + end))
        .collect(Collectors.toSet());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ShortAnswer.forPrograms(request);
    try {
      answer(route(path(request)), request, response);
    } catch (ProblemException e) {
      ShortAnswer.problem(response, e.status(), Objects.requireNonNull(e.getMessage()));
    }
  }

  private static void answer(Route route, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    String method = request.getMethod();
    if (route.methods().contains(method)) {
      route.endpoint().answer(request, response);
      return;
    }
    String allowed = String.join(", ", route.methods()) + ", OPTIONS";
    response.setHeader("Allow", allowed);
    if (!method.equals("OPTIONS")) {
      throw new ProblemException(
          HttpServletResponse.SC_METHOD_NOT_ALLOWED, "This resource allows " + allowed + ".");
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private Route route(String path) throws ProblemException {
    int dot = path.lastIndexOf('.');
    Route route = routes.get(path);
    if (route == null && dot > 0) {
      route = challenges.get(path.substring(dot));
    }
    if (route == null) {
      throw new ProblemException(
          HttpServletResponse.SC_NOT_FOUND,
          "There is nothing here. The captcha has challenges, image, health, openapi.json, widget.js,"
              + " widget.css, widget.json, <id>.png; <id>.wav if captcha.offer has sound,"
              + " <id>.json and altcha.json if it has work; answers and siteverify if"
              + " captcha.siteverify.secret is set, metrics if captcha.metrics is.");
    }
    return route;
  }

  /** The id in a path of a challenge's, such as {@code /<id>.png}. */
  static String idIn(HttpServletRequest request) {
    String path = request.getPathInfo();
    return path.substring(1, path.lastIndexOf('.'));
  }

  /** The answer to who asks for a challenge that is not open in this session. */
  static ProblemException noSuchChallenge() {
    return new ProblemException(
        HttpServletResponse.SC_NOT_FOUND,
        "This session has no such open challenge. It was answered, has expired, or belongs to"
            + " another session; ask for a new one.");
  }

  /**
   * No path of ours needs an escape, a path parameter or a dot segment: one that is not written as
   * it reads is refused, so that what a proxy before this saw is what is answered.
   */
  private static String path(HttpServletRequest request) throws ProblemException {
    String path = Objects.requireNonNullElse(request.getPathInfo(), "");
    String plain = ContextPath.asRequested(request) + request.getServletPath() + path;
    if (!request.getRequestURI().equals(plain)) {
      throw new ProblemException(
          HttpServletResponse.SC_BAD_REQUEST,
          "Write this path plainly: with no escapes, no path parameters, no dot segments.");
    }
    return path;
  }
}
