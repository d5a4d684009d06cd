package io.anynode.captcha.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A container as its project publishes it, unpacked by the build into {@code target/containers}.
 */
public interface Distribution {

  /** Its name and version, such as {@code Tomcat 10.1.59}. */
  String title();

  /**
   * Lays out a node's own folder, with the applications and the jars in it.
   *
   * @return what starts the node as a process in the foreground
   */
  Command prepare(Node node) throws IOException;

  /**
   * What starts a node.
   *
   * @param line the program and its arguments
   * @param environment variables to be added
   */
  record Command(List<String> line, Map<String, String> environment) {}
}
