package io.anynode.captcha.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Says on each response which worker made it; and, for the demo's welcome page, keeps in a cookie
 * which worker drew the last picture, so that no node has to remember it.
 */
public final class ServedBy extends ValveBase {

  /** The response header with the worker's name. */
  public static final String HEADER = "X-Served-By";

  private static final String PICTURE_COOKIE = "served-picture";

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
    this.endpoints = prefix + "/";
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    response.setHeader(HEADER, worker);
    if (isPicture(request.getDecodedRequestURI())) {
      response.addHeader(
          "Set-Cookie", PICTURE_COOKIE + "=" + worker + "; Path=/; HttpOnly; SameSite=Lax");
    }
    getNext().invoke(request, response);
  }

  /** The path is null when the request could not be parsed. */
  private boolean isPicture(@Nullable String path) {
    return path != null
        && path.startsWith(endpoints)
        && (path.endsWith(".png") || path.equals(endpoints + "image"));
  }
}
