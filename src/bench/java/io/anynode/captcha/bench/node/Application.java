package io.anynode.captcha.bench.node;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A web application with a login at {@code /login}: its page shows a captcha, and its POST is
 * answered with 204 if the captcha's answer is right.
 */
public interface Application {

  /**
   * Adds it at the root.
   *
   * @param tomcat not started yet
   * @param work a folder of its own
   */
  Context addTo(Tomcat tomcat, Path work);

  /** By the name that {@link Node} is given. */
  static Application named(String name) {
    return switch (name) {
      case "ours" -> new Ours();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
