package io.anynode.captcha.http;

import java.util.Comparator;

/**
 * A URL pattern of the Servlet specification (12.2): exact, {@code /prefix/*}, or {@code *.ext}.
 *
 * @param text the pattern
 */
record UrlPattern(String text) {

  /** As in the specification (12.1): exact, then the longer prefix, then the extension. */
  static final Comparator<UrlPattern> MOST_EXACT_FIRST =
      Comparator.comparingInt(UrlPattern::exactness).reversed();

  /**
   * Tells whether a path matches; an exact pattern also the same path with a slash at its end.
   *
   * @param path within the application, decoded, without path parameters
   */
  boolean matches(String path) {
    if (isPrefix()) {
      return path.equals(prefix()) || path.startsWith(prefix() + "/");
    }
    return isExtension() ? path.endsWith(text.substring(1)) : isExactly(path);
  }

  /** Spring MVC and JAX-RS may take {@code /login/} for {@code /login}. */
  private boolean isExactly(String path) {
    return path.equals(text) || path.equals(text + "/");
  }

  private int exactness() {
    if (isExtension()) {
      return -1;
    }
    return isPrefix() ? prefix().length() : Integer.MAX_VALUE;
  }

  private boolean isPrefix() {
    return text.endsWith("/*");
  }

  private boolean isExtension() {
    return text.startsWith("*.");
  }

  private String prefix() {
    return text.substring(0, text.length() - 2);
  }
}
