package io.anynode.captcha.http;

import jakarta.servlet.http.HttpServletRequest;

/** Where the application is, for the URLs that we write. */
public final class ContextPath {

  private ContextPath() {}

  /**
   * The path as the request has it, encoded, without the path parameters that a visitor may have
   * put in: a container leaves those in, and they would get into pages.
   */
  public static String of(HttpServletRequest request) {
    return request.getContextPath().replaceAll(";[^/]*", "");
  }
}
