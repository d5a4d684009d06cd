package io.anynode.captcha.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis server is asked, by its own {@code MONITOR}: each command is one round trip. */
public final class RedisMonitor implements AutoCloseable {

  /** What a script asks within the server is shown with {@code lua} in the client's place. */
  private static final Pattern COMMAND =
      Pattern.compile("\\+[0-9.]+ \\[\\d+ (?!lua)[^]]+] \"(\\w+)\".*");

  private final String uri;
  private final Socket socket;
  private final BufferedReader lines;

  private RedisMonitor(String uri, Socket socket) throws IOException {
    this.uri = uri;
    this.socket = socket;
    this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write("MONITOR\r\n".getBytes(UTF_8));
    String unused = lines.readLine();
  }

  /** Watches the server at {@code redis://host:port}. */
  public static RedisMonitor watch(String uri) {
    URI address = URI.create(uri);
    try {
      return new RedisMonitor(uri, new Socket(address.getHost(), address.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The commands that an action has the server asked.
   *
   * @param keys what the keys begin with that count
   * @return the commands' names, in upper case and in order
   */
  public List<String> commands(String keys, Runnable action) {
    String before = mark();
    action.run();
    String after = mark();
    List<String> commands = new ArrayList<>();
    try {
      String line = lines.readLine();
      while (!line.contains(before)) {
        line = lines.readLine();
      }
      for (line = lines.readLine(); !line.contains(after); line = lines.readLine()) {
        Matcher command = COMMAND.matcher(line);
        if (line.contains('"' + keys) && command.matches()) {
          commands.add(Objects.requireNonNull(command.group(1)).toUpperCase(Locale.ROOT));
        }
      }
      return commands;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String mark() {
    String mark = "mark-" + UUID.randomUUID();
    try (RedisConsole console = RedisConsole.open(uri)) {
      String unused = console.ask("ECHO " + mark);
      return mark;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
