package io.anynode.captcha.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a grey image as a PNG file (RFC 2083).
 *
 * <p>Not by ImageIO: its registry keeps the class loader of the first web application that asks,
 * for as long as the JVM lives, and its encoder takes most of the time of a picture.
 */
final class GreyPng {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private GreyPng() {}

  /** The pixels themselves, row by row, of an image of {@link BufferedImage#TYPE_BYTE_GRAY}. */
  static byte[] pixels(BufferedImage grey) {
    return ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
  }

  static byte[] encode(BufferedImage grey) {
    int width = grey.getWidth();
    int height = grey.getHeight();
    byte[] rows = new byte[height * (width + 1)];
    for (int y = 0; y < height; y++) {
      // The byte before each row stays 0, no filter: on flat ink the others only cost.
      System.arraycopy(pixels(grey), y * width, rows, y * (width + 1) + 1, width);
    }
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height);
    header.put((byte) 8); // bits a pixel, of grey; the rest is what PNG knows only one of
    byte[] deflated = deflate(rows);
    ByteBuffer file = ByteBuffer.allocate(SIGNATURE.length + 3 * 12 + 13 + deflated.length);
    file.put(SIGNATURE);
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", deflated);
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  private static void chunk(ByteBuffer file, String type, byte[] content) {
    CRC32 check = new CRC32();
    check.update(type.getBytes(StandardCharsets.US_ASCII));
    check.update(content);
    file.putInt(content.length);
    file.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    file.putInt((int) check.getValue());
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      // What cannot be compressed grows by 5 bytes every 16 kB, and 6 in all.
      byte[] room = new byte[bytes.length + bytes.length / 1000 + 64];
      return Arrays.copyOf(room, deflater.deflate(room));
    } finally {
      deflater.end();
    }
  }
}
