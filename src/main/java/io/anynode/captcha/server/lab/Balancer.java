package io.anynode.captcha.server.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The balancers that may stand before the workers, with the files in {@code conf/} for each way.
 */
enum Balancer {
  /** nginx; its own sticky cookie is in the commercial edition only. */
  NGINX(
      "nginx",
      Pattern.compile("(?m)^( *server )127\\.0\\.0\\.1:\\d+(.*)\n"),
      Pattern.compile("listen 8080;")) {
    @Override
    @Nullable String file(Way way) {
      return switch (way) {
        case ROUND_ROBIN -> "nginx-round-robin.conf";
        case CLIENT_ADDRESS -> "nginx-ip-hash.conf";
        case VISITOR_COOKIE -> "nginx-application-cookie.conf";
        case SESSION_COOKIE -> "nginx-session-cookie.conf";
        case RANDOM, LEAST_CONNECTIONS, BALANCER_COOKIE -> null;
      };
    }

    @Override
    String line(Site.Node node, String start, String rest) {
      return start + node.url().getAuthority() + rest + "\n";
    }

    @Override
    String listening(int port) {
      return "listen 127.0.0.1:" + port + ";";
    }
  },

  /** HAProxy. */
  HAPROXY(
      "haproxy",
      Pattern.compile("(?m)^( *server )worker-\\d+ 127\\.0\\.0\\.1:\\d+(.*)\n"),
      Pattern.compile("bind :8080")) {
    @Override
    @Nullable String file(Way way) {
      return switch (way) {
        case ROUND_ROBIN -> "haproxy-round-robin.cfg";
        case CLIENT_ADDRESS -> "haproxy-source.cfg";
        case BALANCER_COOKIE -> "haproxy-cookie.cfg";
        case RANDOM, LEAST_CONNECTIONS, VISITOR_COOKIE, SESSION_COOKIE -> null;
      };
    }

    @Override
    String line(Site.Node node, String start, String rest) {
      return start
          + node.name()
          + ' '
          + node.url().getAuthority()
          + rest.replaceAll("cookie worker-\\d+", "cookie " + node.name())
          + "\n";
    }

    /** The lab's clients are believed about their addresses; those of the file are not. */
    @Override
    String listening(int port) {
      return "bind 127.0.0.1:" + port + "\n    http-request set-src hdr(x-forwarded-for)";
    }
  };

  private final String program;
  private final Pattern servers;
  private final Pattern listen;

  Balancer(String program, Pattern servers, Pattern listen) {
    this.program = program;
    this.servers = servers;
    this.listen = listen;
  }

  /** The file in {@code conf/} for a way; null if it does not go that way. */
  abstract @Nullable String file(Way way);

  /** A server's line, with what stood before and behind another's. */
  abstract String line(Site.Node node, String start, String rest);

  /** The line that says where it listens. */
  abstract String listening(int port);

  /** The program's name, on the PATH and in the table. */
  String program() {
    return program;
  }

  /**
   * The file of a way with these workers, and this port on 127.0.0.1, in place of its own. All else
   * is as in production.
   */
  String configuration(Way way, List<Site.Node> nodes, int port) {
    String text = resource(String.valueOf(file(way)));
    Matcher first = servers.matcher(text);
    if (!first.find()) {
      throw new IllegalStateException(file(way) + " names no server");
    }
    String lines =
        nodes.stream()
            .map(node -> line(node, first.group(1), first.group(2)))
            .collect(Collectors.joining());
    String without =
        text.substring(0, first.start())
            + servers.matcher(text.substring(first.start())).replaceAll("");
    String all = without.substring(0, first.start()) + lines + without.substring(first.start());
    return listen.matcher(all).replaceFirst(Matcher.quoteReplacement(listening(port)));
  }

  private static String resource(String name) {
    try (InputStream in = Balancer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
