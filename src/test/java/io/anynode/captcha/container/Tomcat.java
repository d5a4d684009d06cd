package io.anynode.captcha.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tomcat, started by its own script in a {@code CATALINA_BASE} of the node's. */
public final class Tomcat implements Distribution {

  private final Path home;
  private final String name;

  private Tomcat(Path home, String name) {
    this.home = home;
    this.name = name;
  }

  /** Tomcat of a line, such as {@code 10.1}. */
  public static Tomcat line(String line) {
    return new Tomcat(Unpacked.folder("apache-tomcat-" + line), "Tomcat");
  }

  /** TomEE, which is laid out like it. */
  static Tomcat tomEe() {
    return new Tomcat(Unpacked.folder("apache-tomee-"), "TomEE");
  }

  @Override
  public String title() {
    return name + " " + Unpacked.version(home);
  }

  @Override
  public Command prepare(Node node) throws IOException {
    Path base = node.folder();
    Path conf = Files.createDirectories(base.resolve("conf"));
    List<Path> files;
    try (Stream<Path> found = Files.list(home.resolve("conf"))) {
      files = found.filter(Files::isRegularFile).toList();
    }
    Node.copyInto(conf, files);
    Path server = conf.resolve("server.xml");
    String connector = "<Connector address=\"127.0.0.1\" port=\"" + node.port() + "\"";
    Files.writeString(
        server,
        Files.readString(server)
            .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
            .replace("<Connector port=\"8080\"", connector));
    Node.copyInto(base.resolve("webapps"), node.wars());
    if (!node.javaxWars().isEmpty()) {
      Node.copyInto(base.resolve("webapps-javaee"), node.javaxWars());
    }
    Node.copyInto(base.resolve("lib"), node.libraries());
    Files.createDirectories(base.resolve("logs"));
    return new Command(
        List.of("sh", home.resolve("bin").resolve("catalina.sh").toString(), "run"),
        Map.of(
            "CATALINA_HOME",
            home.toString(),
            "CATALINA_BASE",
            base.toString(),
            "CATALINA_TMPDIR",
            base.resolve("tmp").toString(),
            "CATALINA_OPTS",
            String.join(" ", node.jvmOptions("256m"))));
  }
}
