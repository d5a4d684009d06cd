package io.anynode.captcha.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes the formats that are not worth an encoder of our own, by ImageIO. */
final class ImageIoFile {

  private ImageIoFile() {}

  /**
   * Writes a file.
   *
   * <p>ImageIO keeps the context class loader of whoever asks it first, for as long as the JVM
   * lives, and looks for plugins in it; so the web application's is set aside.
   *
   * @param format as ImageIO knows it
   */
  static byte[] encode(BufferedImage grey, String format) {
    Thread thread = Thread.currentThread();
    ClassLoader applications = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return write(grey, format);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes any number of bytes
    } finally {
      thread.setContextClassLoader(applications);
    }
  }

  private static byte[] write(BufferedImage grey, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(grey);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
