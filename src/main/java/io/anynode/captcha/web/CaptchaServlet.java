package io.anynode.captcha.web;

import io.anynode.captcha.http.ContextPath;
import io.anynode.captcha.http.ShortAnswer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * The endpoints, under {@code captcha.prefix}.
 *
 * <ul>
 *   <li>{@code POST /challenges} issues a challenge and describes it in JSON
 *   <li>{@code GET /<id>.png} shows it
 *   <li>{@code GET /image} issues and shows in one step
 *   <li>{@code GET /health} tells whether the store is reachable
 * </ul>
 *
 * <p>Errors are problem details (RFC 9457).
 */
final class CaptchaServlet extends HttpServlet {

  static final String CHALLENGES = "/challenges";
  static final String PNG = ".png";

  private static final long serialVersionUID = 1L;
  private static final List<String> READ = List.of("GET", "HEAD");

  private final transient Endpoint challenges;
  private final transient Endpoint picture;
  private final transient Endpoint image;
  private final transient Endpoint health;

  CaptchaServlet(Endpoint challenges, Endpoint picture, Endpoint image, Endpoint health) {
    this.challenges = challenges;
    this.picture = picture;
    this.image = image;
    this.health = health;
  }

  /**
   * A resource.
   *
   * @param methods what it allows beside OPTIONS
   */
  private record Route(List<String> methods, Endpoint endpoint) {}

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
    return switch (path) {
      case CHALLENGES -> new Route(List.of("POST"), challenges);
      case "/image" -> new Route(READ, image);
      case "/health" -> new Route(READ, health);
      default -> {
        if (!path.endsWith(PNG)) {
          throw new ProblemException(
              HttpServletResponse.SC_NOT_FOUND,
              "There is nothing here. The captcha has challenges, image, health, and <id>.png.");
        }
        yield new Route(READ, picture);
      }
    };
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
