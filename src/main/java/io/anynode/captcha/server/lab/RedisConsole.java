package io.anynode.captcha.server.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection to a Redis server, in the protocol's own form (RESP 2): the lab asks three things,
 * and the client library belongs to the store alone.
 */
final class RedisConsole implements AutoCloseable {

  private static final int MILLIS = 5_000;

  private final Socket socket;
  private final InputStream in;

  private RedisConsole(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /**
   * Connects.
   *
   * @param uri {@code redis://}, with user and password if need be
   */
  static RedisConsole open(URI uri) throws IOException {
    Socket socket = new Socket(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort());
    socket.setSoTimeout(MILLIS);
    RedisConsole console =
        new RedisConsole(socket, new BufferedInputStream(socket.getInputStream()));
    if (uri.getUserInfo() != null) {
      List<String> auth = new ArrayList<>(List.of("AUTH"));
      for (String word : uri.getUserInfo().split(":", 2)) {
        if (!word.isEmpty()) {
          auth.add(word);
        }
      }
      Object unused = console.ask(auth.toArray(String[]::new));
    }
    return console;
  }

  /**
   * Sends a command.
   *
   * @return a text, a {@code Long}, or a list of those
   */
  Object ask(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    socket.getOutputStream().write(command.toString().getBytes(ISO_8859_1));
    return answer();
  }

  /** The next line that comes unasked, after {@code MONITOR}. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private Object answer() throws IOException {
    String line = line();
    String rest = line.substring(Math.min(1, line.length()));
    switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case ':' -> {
        return Long.valueOf(rest);
      }
      case '$' -> {
        int length = Integer.parseInt(rest);
        return length < 0 ? "" : text(length);
      }
      case '*' -> {
        List<Object> list = new ArrayList<>();
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          list.add(answer());
        }
        return list;
      }
      case '-' -> throw new IOException(rest);
      default -> {
        return rest;
      }
    }
  }

  private String text(int length) throws IOException {
    String text = new String(in.readNBytes(length), ISO_8859_1);
    String unused = line();
    return text;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It was for looking only.
    }
  }
}
