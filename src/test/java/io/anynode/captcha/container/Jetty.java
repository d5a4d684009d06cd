package io.anynode.captcha.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jetty, started from a {@code jetty.base} of the node's, with one of its environments. */
public final class Jetty implements Distribution {

  private final Path home;
  private final String environment;

  private Jetty(Path home, String environment) {
    this.home = home;
    this.environment = environment;
  }

  /** Jetty 12 with {@code ee10} or {@code ee11}. */
  public static Jetty with(String environment) {
    return new Jetty(Unpacked.folder("jetty-home-12"), environment);
  }

  @Override
  public String title() {
    return "Jetty " + Unpacked.version(home) + " " + environment;
  }

  @Override
  public Command prepare(Node node) throws IOException {
    Path base = node.folder();
    Node.copyInto(base.resolve("webapps"), node.wars());
    Node.copyInto(base.resolve("lib").resolve("ext"), node.libraries());
    Files.createDirectories(base.resolve("resources"));
    // A file each: what is set in an environment's own file is the environment's.
    Path ini = Files.createDirectories(base.resolve("start.d"));
    Files.writeString(
        ini.resolve("http.ini"),
        """
        --module=http,ext
        jetty.http.host=127.0.0.1
        jetty.http.port=%d
        """
            .formatted(node.port()));
    Files.writeString(
        ini.resolve("web.ini"),
        "--module=%1$s-deploy,%1$s-jsp,%1$s-annotations%n".formatted(environment));
    List<String> line = new ArrayList<>();
    line.add(Node.java());
    line.addAll(node.jvmOptions("256m"));
    line.addAll(List.of("-jar", home.resolve("start.jar").toString()));
    line.add("jetty.base=" + base);
    return new Command(line, Map.of());
  }
}
