package io.anynode.captcha.bench.node;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** How an application's sessions are kept. */
interface Keeping {

  /**
   * Adds an application without anything in it.
   *
   * @param work a folder of its own
   */
  Context addContext(Tomcat tomcat, Path work);

  /** As Tomcat keeps them when it is told nothing. */
  static Keeping inMemory() {
    return (tomcat, work) -> tomcat.addContext("", work.toString());
  }
}
