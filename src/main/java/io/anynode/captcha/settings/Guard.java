package io.anynode.captcha.settings;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One guarded request: the settings under {@code captcha.protect.<name>}.
 *
 * @param name the {@code <name>}
 * @param path a URL pattern of the Servlet specification (12.2): exact, {@code /prefix/*}, or
 *     {@code *.ext}
 * @param methods the HTTP methods it guards, in upper case; or {@link #ANY_METHOD}
 * @param whenParameter only a request that has this parameter is guarded; null for all
 * @param scope what the challenge must have been issued for; empty for any page without a scope
 * @param onFailure what a refused request gets
 * @param when when an answer is needed
 * @param remember how long a right answer counts for further requests of this session; null for not
 */
public record Guard(
    String name,
    String path,
    Set<String> methods,
    @Nullable WhenParameter whenParameter,
    String scope,
    OnFailure onFailure,
    When when,
    @Nullable Duration remember) {

  /** A guard that asks always, and remembers nothing. */
  public Guard(
      String name,
      String path,
      Set<String> methods,
      @Nullable WhenParameter whenParameter,
      String scope,
      OnFailure onFailure) {
    this(name, path, methods, whenParameter, scope, onFailure, When.ALWAYS, null);
  }

  /** Stands for every method, also one that nobody has heard of. */
  public static final String ANY_METHOD = "*";

  /**
   * A condition on the request's parameters.
   *
   * @param name the parameter that must be present
   * @param value the value that it must have; null for any
   */
  public record WhenParameter(String name, @Nullable String value) {}

  /** What a refused request gets. */
  public sealed interface OnFailure {}

  /**
   * The page again, in the same request, with status 422.
   *
   * @param path a path of this application, starting with a slash
   */
  public record Forward(String path) implements OnFailure {}

  /**
   * A redirect, with the verdict as a parameter.
   *
   * @param location a path of this application starting with a slash, or an absolute http or https
   *     URL
   */
  public record Redirect(String location) implements OnFailure {}

  /**
   * A status and a short body: problem details where JSON is asked for, else a page.
   *
   * @param code 400 to 499
   */
  public record Status(int code) implements OnFailure {}
}
