package io.anynode.captcha.render;

import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * A picture of five glyphs and three arcs by hand: warped outlines, scan-converted into one buffer,
 * as a PNG of 2 bit grey with static Huffman codes. No library, no choice, no check, and every
 * buffer reused; so this is about what such a picture costs at least.
 */
final class Limit {

  private static final int GLYPHS = 5;
  private static final int ARCS = 3;

  private final int width;
  private final int height;
  private final float[][][] glyphs;
  private final float[] area;
  private final float[] ink;
  private final float[] points = new float[4096];
  private final byte[] rows;
  private final byte[] file;
  private final int[] codes = new int[257];
  private final Adler32 adler = new Adler32();
  private final CRC32 crc = new CRC32();
  private float left = Float.MAX_VALUE;
  private float right;
  private float top = Float.MAX_VALUE;
  private float bottom;
  private long random;
  private long bits;
  private int waiting;
  private int at;

  Limit(int width, int height) {
    this.width = width;
    this.height = height;
    this.area = new float[(width + 2) * height];
    this.ink = new float[width * height];
    this.rows = new byte[(width / 4 + 1) * height];
    this.file = new byte[rows.length * 2];
    Face face = Face.read("sans");
    String alphabet = "ACEFHKMNPRTUWX3479D";
    glyphs = new float[alphabet.length()][][];
    for (int i = 0; i < glyphs.length; i++) {
      glyphs[i] = contours(face.glyph(alphabet.charAt(i)).outline());
    }
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          i < 144 ? code(0x30 + i, 8) : i < 256 ? code(0x190 + i - 144, 9) : code(i - 256, 7);
    }
  }

  private static float[][] contours(Contours outline) {
    float[][] contours = new float[outline.size()][];
    for (int c = 0; c < contours.length; c++) {
      contours[c] = new float[2 * (outline.end(c) - outline.start(c))];
      for (int i = 0; i < contours[c].length; i += 2) {
        contours[c][i] = outline.x(outline.start(c) + i / 2);
        contours[c][i + 1] = outline.y(outline.start(c) + i / 2);
      }
    }
    return contours;
  }

  /** Draws one and tells its length in bytes. */
  int draw(long seed) {
    random = seed;
    Arrays.fill(ink, 0);
    for (int g = 0; g < GLYPHS; g++) {
      glyph(glyphs[(int) ((next() >>> 33) % glyphs.length)], width / (GLYPHS + 0.5f) * (g + 0.3f));
      invert();
    }
    for (int a = 0; a < ARCS; a++) {
      arc(width / (float) ARCS * a + 3, width / (float) ARCS * (a + 1) - 3);
      invert();
    }
    pack();
    return png();
  }

  private long next() {
    random = random * 6364136223846793005L + 1442695040888963407L;
    return random;
  }

  private float part() {
    return (next() >>> 40) * 0x1p-24f;
  }

  private void glyph(float[][] contours, float left) {
    float cos = 0.9f + 0.1f * part();
    float sin = 0.6f * part() - 0.3f;
    float phase = part();
    float lean = part();
    float size = height * 0.7f;
    for (float[] contour : contours) {
      for (int i = 0; i < contour.length; i += 2) {
        float x = cos * contour[i] - sin * contour[i + 1];
        float y = sin * contour[i] + cos * contour[i + 1];
        points[i] = left + size * 0.9f * (x + 0.08f * wave(y + phase));
        points[i + 1] =
            Math.max(
                2, Math.min(height - 2.01f, height * 0.8f + size * (y + 0.08f * wave(x + lean))));
      }
      contour(contour.length);
    }
  }

  private static float wave(float x) {
    float part = x - (float) Math.floor(x);
    return part < 0.5f ? 16 * part * (0.5f - part) : 16 * (part - 1) * (part - 0.5f);
  }

  private void arc(float left, float right) {
    float from = 4 + part() * (height - 8);
    float to = height - from;
    float bend = part() * 10 - 5;
    int half = 24;
    for (int i = 0; i < half; i++) {
      float t = i / (half - 1f);
      float y = from + (to - from) * t + bend * t * (1 - t);
      int back = 2 * (2 * half - 1 - i);
      points[2 * i] = points[back] = left + (right - left) * t;
      points[2 * i + 1] = Math.max(2, y - 1.5f);
      points[back + 1] = Math.min(height - 2.01f, y + 1.5f);
    }
    contour(4 * half);
  }

  private void contour(int length) {
    float x0 = Math.max(2, Math.min(width - 2.01f, points[length - 2]));
    float y0 = points[length - 1];
    for (int i = 0; i < length; i += 2) {
      float x1 = Math.max(2, Math.min(width - 2.01f, points[i]));
      float y1 = points[i + 1];
      left = Math.min(left, x1);
      right = Math.max(right, x1);
      top = Math.min(top, y1);
      bottom = Math.max(bottom, y1);
      if (y0 < y1) {
        line(x0, y0, x1, y1, 1);
      } else if (y1 < y0) {
        line(x1, y1, x0, y0, -1);
      }
      x0 = x1;
      y0 = y1;
    }
  }

  private void line(float x0, float y0, float x1, float y1, int sign) {
    float slope = (x1 - x0) / (y1 - y0);
    float x = x0;
    float y = y0;
    for (int row = (int) y0; row < y1; row++) {
      float nextY = Math.min(row + 1, y1);
      float nextX = Math.max(2, Math.min(width - 2, x + slope * (nextY - y)));
      float tall = sign * (nextY - y);
      float from = Math.min(x, nextX);
      float to = Math.max(x, nextX);
      int first = (int) from;
      int last = (int) to;
      int i = row * (width + 2) + first;
      if (first == last) {
        float right = tall * ((from + to) * 0.5f - first);
        area[i] += tall - right;
        area[i + 1] += right;
      } else {
        float each = tall / (to - from);
        float done = 0;
        for (int pixel = first; pixel <= last; pixel++) {
          float a = Math.max(from, pixel);
          float b = Math.min(to, pixel + 1);
          float covered =
              each * ((b - a) * ((a + b) * 0.5f - from) + (pixel + 1 - b) * (to - from));
          area[i++] += covered - done;
          done = covered;
        }
        area[i] += tall - done;
      }
      x = nextX;
      y = nextY;
    }
  }

  private void invert() {
    int first = (int) left;
    int last = (int) right + 1;
    for (int y = (int) top; y <= bottom; y++) {
      float covered = 0;
      int i = y * (width + 2) + first;
      int pixel = y * width + first;
      for (int x = first; x <= last; x++, pixel++, i++) {
        covered += area[i];
        area[i] = 0;
        float part = Math.min(1, Math.abs(covered));
        ink[pixel] += part - 2 * ink[pixel] * part;
      }
    }
    left = top = Float.MAX_VALUE;
    right = bottom = 0;
  }

  private void pack() {
    int to = 0;
    int from = 0;
    for (int y = 0; y < height; y++) {
      to++;
      for (int x = 0; x < width; x += 4) {
        int four = 0;
        for (int i = 0; i < 4; i++) {
          four = four << 2 | (3 - (int) (ink[from++] * 3 + 0.5f));
        }
        rows[to++] = (byte) four;
      }
    }
  }

  private int png() {
    at = 0;
    word(0x89504e47);
    word(0x0d0a1a0a);
    word(13);
    word(0x49484452);
    word(width);
    word(height);
    file[at++] = 2;
    for (int i = 0; i < 4; i++) {
      file[at++] = 0;
    }
    check(12);
    int data = at;
    word(0);
    word(0x49444154);
    file[at++] = 0x78;
    file[at++] = 1;
    deflate();
    adler.reset();
    adler.update(rows);
    word((int) adler.getValue());
    int end = at;
    at = data;
    word(end - data - 8);
    at = end;
    check(data + 4);
    word(0);
    word(0x49454e44);
    check(at - 4);
    return at;
  }

  private void check(int from) {
    crc.reset();
    crc.update(file, from, at - from);
    word((int) crc.getValue());
  }

  private void word(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      file[at++] = (byte) (value >>> shift);
    }
  }

  private void deflate() {
    int row = width / 4 + 1;
    put(3, 3);
    int i = 0;
    while (i < rows.length) {
      int above = i < row ? 0 : same(i - row, i);
      int run = i < 1 ? 0 : same(i - 1, i);
      int length = Math.max(above, run);
      if (length >= 3) {
        length(length);
        if (run >= above) {
          put(0, 5);
        } else {
          distance(row);
        }
        i += length;
      } else {
        int code = codes[rows[i++] & 0xff];
        put(code & 0xffff, code >>> 16);
      }
    }
    put(0, 7);
    while (waiting > 0) {
      file[at++] = (byte) bits;
      bits >>>= 8;
      waiting -= 8;
    }
    bits = 0;
    waiting = 0;
  }

  private int same(int before, int place) {
    int most = Math.min(257, rows.length - place);
    int length = 0;
    while (length < most && rows[before + length] == rows[place + length]) {
      length++;
    }
    return length;
  }

  private void length(int length) {
    int part = length - 3;
    int extra = part < 8 ? 0 : 29 - Integer.numberOfLeadingZeros(part);
    int symbol = 257 + (extra << 2) + (part >>> extra);
    int code = symbol < 280 ? code(symbol - 256, 7) : code(0xc0 + symbol - 280, 8);
    put(code & 0xffff, code >>> 16);
    put(part & ((1 << extra) - 1), extra);
  }

  private void distance(int distance) {
    int part = distance - 1;
    int extra = part < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(part);
    put(code((extra << 1) + (part >>> extra), 5) & 0xffff, 5);
    put(part & ((1 << extra) - 1), extra);
  }

  private static int code(int code, int length) {
    return length << 16 | Integer.reverse(code) >>> (32 - length);
  }

  private void put(int code, int length) {
    bits |= (long) code << waiting;
    waiting += length;
    while (waiting >= 8) {
      file[at++] = (byte) bits;
      bits >>>= 8;
      waiting -= 8;
    }
  }
}
