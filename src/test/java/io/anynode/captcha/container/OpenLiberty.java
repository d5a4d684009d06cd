package io.anynode.captcha.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty with the features of a JSP application, in a {@code WLP_USER_DIR} of the node's. */
final class OpenLiberty implements Distribution {

  private final Path home = Unpacked.folder("wlp");

  @Override
  public String title() {
    return "Open Liberty "
        + Unpacked.property(
            home.resolve("lib/versions/openliberty.properties"),
            "com.ibm.websphere.productVersion");
  }

  @Override
  public Command prepare(Node node) throws IOException {
    Path server = Files.createDirectories(node.folder().resolve("servers").resolve("node"));
    Node.copyInto(server.resolve("dropins"), node.wars());
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>pages-3.1</feature>
            <feature>expressionLanguage-5.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
        </server>
        """
            .formatted(node.port()));
    return new Command(
        List.of("sh", home.resolve("bin").resolve("server").toString(), "run", "node"),
        Map.of(
            "WLP_USER_DIR",
            node.folder().toString(),
            "JVM_ARGS",
            String.join(" ", node.jvmOptions("512m"))));
  }
}
