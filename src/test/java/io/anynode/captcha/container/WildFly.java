package io.anynode.captcha.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** WildFly, standalone, in a {@code jboss.server.base.dir} of the node's. */
final class WildFly implements Distribution {

  private final Path home = Unpacked.folder("wildfly-");

  @Override
  public String title() {
    return "WildFly " + home.getFileName().toString().replace("wildfly-", "");
  }

  @Override
  public Command prepare(Node node) throws IOException {
    Path base = node.folder().resolve("standalone");
    FileSystemUtils.copyRecursively(home.resolve("standalone"), base);
    Node.copyInto(base.resolve("deployments"), node.wars());
    List<String> line =
        List.of(
            "sh",
            home.resolve("bin").resolve("standalone.sh").toString(),
            "-Djboss.server.base.dir=" + base,
            "-Djboss.http.port=" + node.port(),
            "-Djboss.https.port=" + Node.freePort(),
            "-Djboss.management.http.port=" + Node.freePort(),
            "-Djboss.node.name=node-" + node.port(),
            "-b=127.0.0.1",
            "-bmanagement=127.0.0.1");
    return new Command(
        line,
        Map.of(
            "JBOSS_HOME",
            home.toString(),
            "JBOSS_BASE_DIR",
            base.toString(),
            "JAVA_OPTS",
            String.join(" ", node.jvmOptions("512m"))));
  }
}
