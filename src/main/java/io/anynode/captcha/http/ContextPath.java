package io.anynode.captcha.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;

/** Where the application is, for the URLs that we write. */
public final class ContextPath {

  private ContextPath() {}

  /**
   * The path that the application is registered under, encoded. Not what the request has: to some
   * containers {@code /evil.example/../shop} is {@code /shop}, and a visitor's words would get into
   * redirects and pages.
   */
  public static String of(HttpServletRequest request) {
    String registered = request.getServletContext().getContextPath();
    try {
      return new URI(null, null, registered, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("No path of a URL: " + registered, e);
    }
  }

  /** The path as the request has it, without path parameters, which a container leaves in. */
  public static String asRequested(HttpServletRequest request) {
    return request.getContextPath().replaceAll(";[^/]*", "");
  }
}
