package io.anynode.captcha.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Says on each response which worker made it; and, for the demo's welcome page, keeps in a cookie
 * which worker drew the last picture, spoke the last sound and described the last work, so that no
 * node has to remember it.
 */
public final class ServedBy extends ValveBase {

  /** The response header with the worker's name. */
  public static final String HEADER = "X-Served-By";

  private static final String PICTURE = "served-picture";

  /** What shows a challenge. */
  private static final Pattern SHOWN =
      Pattern.compile("/(image|[A-Za-z0-9_-]{40}\\.(png|wav|json))");

  private static final Map<String, String> COOKIES =
      Map.of("wav", "served-sound", "json", "served-work");

  private final String worker;
  private final String endpoints;

  /**
   * Names a worker.
   *
   * @param prefix where the application's endpoints are
   */
  public ServedBy(String worker, String prefix) {
    super(true);
    this.worker = worker;
    this.endpoints = prefix;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    response.setHeader(HEADER, worker);
    String cookie = cookie(request.getDecodedRequestURI());
    if (cookie != null) {
      response.addHeader("Set-Cookie", cookie + "=" + worker + "; Path=/; HttpOnly; SameSite=Lax");
    }
    getNext().invoke(request, response);
  }

  /** The path is null when the request could not be parsed. */
  private @Nullable String cookie(@Nullable String path) {
    if (path == null || !path.startsWith(endpoints)) {
      return null;
    }
    Matcher shown = SHOWN.matcher(path.substring(endpoints.length()));
    if (!shown.matches()) {
      return null;
    }
    String form = shown.group(2);
    return form == null ? PICTURE : COOKIES.getOrDefault(form, PICTURE);
  }
}
