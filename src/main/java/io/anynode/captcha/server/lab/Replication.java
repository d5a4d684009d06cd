package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.catalina.startup.CatalinaBaseConfigurationSource;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own replication of sessions, as a worker sets it up: by the {@code server.xml} in {@code
 * conf/}, with only ports, members and the way of sending in place of its own.
 *
 * @param number the worker's, from 1 on
 * @param ports where the workers take copies, the first worker's first; there may be fewer workers
 * @param options Tomcat's {@code channelSendOptions}
 */
record Replication(int number, List<Integer> ports, String options) {

  private static final String FILE = "tomcat-replication.xml";
  private static final String PORTS = "lab.replication.ports";
  private static final String OPTIONS = "lab.replication.options";

  /** The most workers that a row has, and the one that is added. */
  private static final int MOST = 17;

  private static final Pattern CONNECTOR = Pattern.compile("(?m)^ *<Connector .*\n");
  private static final Pattern MEMBER = Pattern.compile("(?m)^( *<Member .*) port=.*\n");

  /** What the workers of a row are told, one and all. */
  static Map<String, String> settings(Kept kept) {
    return Map.of(
        PORTS,
        freePorts().stream().map(String::valueOf).collect(Collectors.joining(",")),
        OPTIONS,
        // Tomcat's numbers: sent by another thread; or acknowledged when it is in the copy.
        kept == Kept.REPLICATED_AT_ONCE ? "6" : "8");
  }

  /** Whether these settings are of such a row. */
  static boolean isIn(Map<String, String> settings) {
    return settings.containsKey(PORTS);
  }

  /**
   * What this worker was told; null if its row is not one of these.
   *
   * @param name such as {@code worker-2}
   */
  static @Nullable Replication asTold(String name) {
    String ports = System.getProperty(PORTS);
    return ports == null
        ? null
        : new Replication(
            Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)),
            Stream.of(ports.split(",", -1)).map(Integer::valueOf).toList(),
            System.getProperty(OPTIONS, "8"));
  }

  /**
   * A Tomcat that is set up by the file, and has not started.
   *
   * @param folder its base
   */
  Tomcat tomcat(Path folder) {
    try {
      Files.writeString(folder.resolve(FILE), serverXml());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.init(new CatalinaBaseConfigurationSource(folder.toFile(), FILE));
    return tomcat;
  }

  /** The file in {@code conf/} for this worker; its connector is the worker's own. */
  String serverXml() {
    String text = CONNECTOR.matcher(resource()).replaceFirst("");
    Matcher member = MEMBER.matcher(text);
    if (!member.find()) {
      throw new IllegalStateException(FILE + " names no member");
    }
    String start = member.group(1);
    String others =
        IntStream.rangeClosed(1, ports.size())
            .filter(other -> other != number)
            .mapToObj(
                other ->
                    "%s port=\"%d\" uniqueId=\"%s\" />%n"
                        .formatted(start, ports.get(other - 1), uniqueId(other)))
            .collect(Collectors.joining());
    return (text.substring(0, member.start())
            + others
            + MEMBER.matcher(text.substring(member.start())).replaceAll(""))
        .replace("port=\"4001\"", "port=\"" + ports.get(number - 1) + "\"")
        .replace(
            "StaticMember\" uniqueId=\"" + uniqueId(1),
            "StaticMember\" uniqueId=\"" + uniqueId(number))
        .replace("channelSendOptions=\"8\"", "channelSendOptions=\"" + options + "\"");
  }

  /** Sixteen bytes, of which the last tells. */
  private static String uniqueId(int worker) {
    return "{" + "0,".repeat(15) + worker + "}";
  }

  private static String resource() {
    try (InputStream in = Replication.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All held at once, or the system might give one twice. */
  private static List<Integer> freePorts() {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < MOST; i++) {
        ServerSocket socket = new ServerSocket();
        held.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw StartFailure.failed("There are no free ports: " + e.getMessage() + ".", e);
    } finally {
      held.forEach(Replication::closed);
    }
  }

  private static void closed(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing was ever connected to it.
    }
  }
}
