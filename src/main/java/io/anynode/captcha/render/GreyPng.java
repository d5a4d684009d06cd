package io.anynode.captcha.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Writes a grey image as a PNG file (RFC 2083) with 4 levels of grey: black, white, and two for
 * smooth edges. More levels look no better at these sizes, and make the file longer.
 *
 * <p>Not by ImageIO: its registry keeps the class loader of the first web application that asks,
 * for as long as the JVM lives, and its encoder takes longer than all else about a picture. Nor by
 * another library: the fastest that was measured, PNGJ, takes twice as long, and the bytes of each
 * depend on the zlib that a Java is built with, so that nodes could differ.
 */
final class GreyPng {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Of a chunk: its length and its type in front, its check behind. */
  private static final int AROUND = 12;

  private static final int HEADER = 13;

  private static final int BITS = 2;
  private static final int EACH = 8 / BITS;

  private GreyPng() {}

  /** The pixels themselves, row by row, of an image of {@link BufferedImage#TYPE_BYTE_GRAY}. */
  static byte[] pixels(BufferedImage grey) {
    return ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
  }

  static byte[] encode(BufferedImage grey) {
    int width = grey.getWidth();
    int height = grey.getHeight();
    byte[] rows = rows(pixels(grey), width, height);
    int content = SIGNATURE.length + AROUND + HEADER + 8;
    byte[] file = new byte[content + StaticDeflate.most(rows.length) + 4 + AROUND];
    System.arraycopy(SIGNATURE, 0, file, 0, SIGNATURE.length);
    int at = SIGNATURE.length;
    put(file, at + 8, width);
    put(file, at + 12, height);
    file[at + 16] = BITS; // of grey; the rest is what PNG knows only one of
    at = chunk(file, at, "IHDR", at + 8 + HEADER);
    at = chunk(file, at, "IDAT", StaticDeflate.deflate(rows, rowLength(width), file, content));
    at = chunk(file, at, "IEND", at + 8);
    return Arrays.copyOf(file, at);
  }

  private static int rowLength(int width) {
    return 1 + (width + EACH - 1) / EACH;
  }

  /**
   * Four pixels a byte. The byte before each row stays 0, no filter: on flat ink others only cost.
   */
  private static byte[] rows(byte[] pixels, int width, int height) {
    byte[] rows = new byte[rowLength(width) * height];
    int at = 0;
    for (int y = 0; y < height; y++) {
      int pixel = y * width;
      int end = pixel + width;
      at++;
      for (; pixel + EACH <= end; pixel += EACH) {
        rows[at++] =
            (byte)
                (level(pixels[pixel]) << 6
                    | level(pixels[pixel + 1]) << 4
                    | level(pixels[pixel + 2]) << 2
                    | level(pixels[pixel + 3]));
      }
      if (pixel < end) {
        int last = 0;
        for (int shift = 6; pixel < end; shift -= BITS) {
          last |= level(pixels[pixel++]) << shift;
        }
        rows[at++] = (byte) last;
      }
    }
    return rows;
  }

  /** The nearest of the levels, from black to white. */
  private static int level(byte grey) {
    return ((grey & 0xff) + 42) / 85;
  }

  /** Completes a chunk whose content is in its place, and tells where the next begins. */
  private static int chunk(byte[] file, int at, String type, int end) {
    put(file, at, end - at - 8);
    for (int i = 0; i < 4; i++) {
      file[at + 4 + i] = (byte) type.charAt(i);
    }
    CRC32 check = new CRC32();
    check.update(file, at + 4, end - at - 4);
    put(file, end, (int) check.getValue());
    return end + 4;
  }

  static void put(byte[] file, int at, int value) {
    file[at] = (byte) (value >>> 24);
    file[at + 1] = (byte) (value >>> 16);
    file[at + 2] = (byte) (value >>> 8);
    file[at + 3] = (byte) value;
  }
}
