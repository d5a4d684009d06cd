package io.anynode.captcha.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** GlassFish, or Payara, which grew out of it: a copy of its first domain for each node. */
final class GlassFish implements Distribution {

  /** The ports of the first domain, other than the one for HTTP. */
  private static final List<String> OTHER_PORTS =
      List.of("8181", "4848", "3700", "3820", "3920", "8686", "7676");

  private final Path home;
  private final String title;

  private GlassFish(Path home, String title) {
    this.home = home;
    this.title = title;
  }

  static GlassFish glassFish() {
    return of("glassfish", "GlassFish");
  }

  static GlassFish payara() {
    return of("payara", "Payara");
  }

  private static GlassFish of(String folder, String name) {
    Path home = Unpacked.folder(folder).resolve("glassfish");
    Path branding = home.resolve("config/branding/glassfish-version.properties");
    return new GlassFish(home, name + " " + Unpacked.glassFishVersion(branding));
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Command prepare(Node node) throws IOException {
    Path domains = node.folder().resolve("domains");
    Path domain = domains.resolve("domain1");
    FileSystemUtils.copyRecursively(home.resolve("domains").resolve("domain1"), domain);
    Path file = domain.resolve("config").resolve("domain.xml");
    Files.writeString(file, configured(Files.readString(file), node));
    Node.copyInto(domain.resolve("autodeploy"), node.wars());
    return new Command(
        List.of(
            "sh",
            home.resolve("bin").resolve("asadmin").toString(),
            "start-domain",
            "--verbose",
            "--domaindir",
            domains.toString(),
            "domain1"),
        Map.of("AS_JAVA", System.getProperty("java.home")));
  }

  /** On 127.0.0.1 alone, Payara's data grid too, and on ports of the node's own. */
  private static String configured(String domain, Node node) throws IOException {
    String result =
        domain
            .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
            .replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
            .replace(
                "<hazelcast-runtime-configuration ",
                "<hazelcast-runtime-configuration interface=\"127.0.0.1\" ")
            .replace("\"8080\"", "\"" + node.port() + "\"");
    for (String port : OTHER_PORTS) {
      result = result.replace("\"" + port + "\"", "\"" + Node.freePort() + "\"");
    }
    String options =
        node.jvmOptions("512m").stream()
            .filter(option -> option.startsWith("-D"))
            .map(option -> "<jvm-options>" + option + "</jvm-options>")
            .collect(Collectors.joining());
    return result.replaceFirst(
        "<jvm-options>", Matcher.quoteReplacement(options + "<jvm-options>"));
  }
}
