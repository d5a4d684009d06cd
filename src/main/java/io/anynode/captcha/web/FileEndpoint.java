package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET widget.js} and the like: a file that comes along in the jar. */
final class FileEndpoint implements Endpoint {

  private final Revalidated file;

  private FileEndpoint(Revalidated file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param name relative to this package
   */
  static FileEndpoint of(String name) {
    try (InputStream file = FileEndpoint.class.getResourceAsStream(name)) {
      return new FileEndpoint(
          Revalidated.of(type(name), Objects.requireNonNull(file, name).readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    return name.endsWith(".css") ? "text/css;charset=UTF-8" : "text/javascript;charset=UTF-8";
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    file.send(request, response);
  }
}
