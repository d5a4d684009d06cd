package io.anynode.captcha.bench.node;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A web application with a login at {@value LoginPage#PATH}: its page shows a captcha, and its POST
 * is answered with 204 if the captcha's answer is right.
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
      case "kaptcha-memory" -> new Peer(new Kaptcha(), Keeping.inMemory());
      case "kaptcha-spring-redis" -> new Peer(new Kaptcha(), StockSpring.redis());
      case "kaptcha-spring-jdbc" -> new Peer(new Kaptcha(), StockSpring.jdbc());
      case "simplecaptcha-redisson" -> new Peer(new SimpleCaptcha(), new ContextFile(ContextFile.REDISSON));
      case "easycaptcha-tomcat-jdbc" -> new Peer(new EasyCaptcha(), new ContextFile(ContextFile.TOMCAT_JDBC));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
