package io.anynode.captcha.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.StringJoiner;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** What {@code redis-cli} would be: it shares no code and no thread with the client under test. */
public final class RedisConsole implements AutoCloseable {

  /** The server's error. */
  public static final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  private RedisConsole(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    socket.setSoTimeout(5_000);
  }

  /** Connects to one server: {@code redis://[[user]:password@]host[:port][/database]}. */
  public static RedisConsole open(String uri) throws IOException {
    URI parsed = URI.create(uri);
    int port = parsed.getPort() < 0 ? 6379 : parsed.getPort();
    RedisConsole console =
        new RedisConsole(
            parsed.getScheme().equals("rediss")
                ? SSLSocketFactory.getDefault().createSocket(parsed.getHost(), port)
                : new Socket(parsed.getHost(), port));
    if (parsed.getUserInfo() != null) {
      String[] login = parsed.getUserInfo().split(":", 2);
      String unused = console.ask("AUTH " + login[0] + " " + login[login.length - 1]);
    }
    if (parsed.getPath().length() > 1) {
      String unused = console.ask("SELECT " + parsed.getPath().substring(1));
    }
    return console;
  }

  /**
   * Asks.
   *
   * @param command in one line, with quotes as in {@code redis-cli}
   * @return a text or number; null for nil; an array's elements with spaces between them
   * @throws Refused if the answer is an error
   */
  public @Nullable String ask(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    return answer();
  }

  private @Nullable String answer() throws IOException {
    String line = line();
    return switch (line.charAt(0)) {
      case '+', ':' -> line.substring(1);
      case '$' -> text(Integer.parseInt(line.substring(1)));
      case '*' -> array(Integer.parseInt(line.substring(1)));
      case '-' -> throw new Refused(line.substring(1));
      default -> throw new IOException("Not understood: " + line);
    };
  }

  private String array(int length) throws IOException {
    StringJoiner elements = new StringJoiner(" ");
    for (int i = 0; i < length; i++) {
      elements.add(answer());
    }
    return elements.toString();
  }

  private @Nullable String text(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    String unused = line();
    return new String(bytes, UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
