package io.anynode.captcha.legacy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Holds a picture back until it is released. Old servlets write it first and put its answer into
 * the session after that; but a session is saved before the first byte of a response leaves, so
 * that byte must wait.
 */
final class HeldResponse extends HttpServletResponseWrapper {

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean released;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  HeldResponse(HttpServletResponse response) {
    super(response);
  }

  /** Lets go of what was written; what comes later passes at once. */
  void release() throws IOException {
    if (released) {
      return;
    }
    if (writer != null) {
      writer.flush();
    }
    released = true;
    if (held.size() > 0) {
      super.getOutputStream().write(held.toByteArray());
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter() was called before.");
    }
    return stream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      if (stream != null) {
        throw new IllegalStateException("getOutputStream() was called before.");
      }
      writer = new PrintWriter(new OutputStreamWriter(stream(), getCharacterEncoding()));
    }
    return writer;
  }

  private ServletOutputStream stream() {
    if (stream == null) {
      stream = new HeldStream();
    }
    return stream;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (released) {
      super.flushBuffer();
    }
  }

  @Override
  public void reset() {
    super.reset();
    held.reset();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    held.reset();
  }

  @Override
  public void sendError(int status) throws IOException {
    held.reset();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    held.reset();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    held.reset();
    super.sendRedirect(location);
  }

  private ServletOutputStream target() throws IOException {
    return super.getOutputStream();
  }

  private final class HeldStream extends ServletOutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (released) {
        target().write(bytes, offset, length);
      } else {
        held.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      if (released) {
        target().flush();
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("A picture that is held back is written without listeners.");
    }
  }
}
