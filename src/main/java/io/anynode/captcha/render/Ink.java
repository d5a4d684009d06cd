package io.anynode.captcha.render;

import java.awt.image.BufferedImage;

/**
 * Fills shapes in a grey image so that each inverts what is below it: black on white, white on
 * black, at soft edges in proportion.
 *
 * <p>Not by Java's own {@code Graphics2D}: that takes longer, most of it to get going, and its
 * edges may differ between versions of Java. A shape is converted by its exact area in each pixel:
 * every line adds, in the rows that it crosses, what it changes in the covered area from one pixel
 * to the next, and a sum along the row has the area. All of it is done in {@code float}s, whose
 * sums and products are the same on each processor.
 */
final class Ink {

  /** So many rows are converted at once; what they need fits into a processor's first cache. */
  private static final int STRIP = 25;

  private final float[] changes;
  private final int[] firsts = new int[STRIP];
  private final int[] lasts = new int[STRIP];
  private byte[] pixels = {};
  private int width;
  private int height;
  private int stride;

  /**
   * Ink for one picture.
   *
   * @param width of the picture, in pixels
   */
  Ink(int width) {
    this.changes = new float[(width + 2) * STRIP];
  }

  /**
   * Draws from now on in an image.
   *
   * @param image of {@link BufferedImage#TYPE_BYTE_GRAY}, no wider than the picture
   */
  void on(BufferedImage image) {
    pixels = GreyPng.pixels(image);
    width = image.getWidth();
    height = image.getHeight();
    stride = width + 2;
  }

  /**
   * Inverts what some contours enclose; not what two of them enclose, the one within the other.
   *
   * @param shape lies within the image
   * @param from the first contour
   * @param to behind the last contour
   */
  void invert(Contours shape, int from, int to) {
    float top = height;
    float bottom = 0;
    for (int i = shape.start(from); i < shape.end(to - 1); i++) {
      top = Math.min(top, shape.y(i));
      bottom = Math.max(bottom, shape.y(i));
    }
    int end = Math.min(height, (int) bottom + 1);
    for (int strip = Math.max(0, (int) top); strip < end; strip += STRIP) {
      int stripEnd = Math.min(end, strip + STRIP);
      for (int row = 0; row < STRIP; row++) {
        firsts[row] = width;
        lasts[row] = 0;
      }
      for (int contour = from; contour < to; contour++) {
        int last = shape.end(contour) - 1;
        float x = shape.x(last);
        float y = shape.y(last);
        for (int i = shape.start(contour); i <= last; i++) {
          float toX = shape.x(i);
          float toY = shape.y(i);
          if (y < toY) {
            falling(x, y, toX, toY, strip, stripEnd, 1);
          } else if (toY < y) {
            falling(toX, toY, x, y, strip, stripEnd, -1);
          }
          x = toX;
          y = toY;
        }
      }
      for (int row = strip; row < stripEnd; row++) {
        invertRow(row, row - strip);
      }
    }
  }

  private void invertRow(int row, int inStrip) {
    float covered = 0;
    int first = firsts[inStrip];
    int change = inStrip * stride + first;
    // The last change is at most one behind the image.
    int end = row * width + Math.min(width, lasts[inStrip] + 1);
    for (int pixel = row * width + first; pixel < end; pixel++) {
      covered += changes[change];
      changes[change++] = 0;
      float times = Math.abs(covered);
      float part = Math.max(0, Math.min(times, 2 - times));
      int level = pixels[pixel] & 0xff;
      pixels[pixel] = (byte) (level + part * (255 - 2 * level) + 0.5f);
    }
    changes[inStrip * stride + width] = 0;
  }

  /** A line that goes down, the part of it within the strip. */
  private void falling(float x0, float y0, float x1, float y1, int top, int bottom, int sign) {
    if (y1 <= top || y0 >= bottom) {
      return;
    }
    float slope = (x1 - x0) / (y1 - y0);
    float y = Math.max(y0, top);
    float x = x0 + slope * (y - y0);
    float end = Math.min(y1, bottom);
    // Rounding must not lead out of the image.
    float least = Math.min(x0, x1);
    float most = Math.max(x0, x1);
    for (int row = (int) y; row < end; row++) {
      float nextY = Math.min(row + 1, end);
      float nextX = Math.max(least, Math.min(most, x + slope * (nextY - y)));
      cross(row - top, Math.min(x, nextX), Math.max(x, nextX), sign * (nextY - y));
      x = nextX;
      y = nextY;
    }
  }

  /** A line from one place to another within a row, which covers all to its right. */
  private void cross(int row, float from, float to, float tall) {
    int first = (int) from;
    int last = (int) to;
    int at = row * stride;
    firsts[row] = Math.min(firsts[row], first);
    lasts[row] = Math.max(lasts[row], last + 1);
    if (first == last) {
      float right = tall * ((from + to) * 0.5f - first);
      changes[at + first] += tall - right;
      changes[at + first + 1] += right;
      return;
    }
    float each = tall / (to - from);
    float inFirst = first + 1 - from;
    float done = each * inFirst * inFirst * 0.5f;
    changes[at + first] += done;
    for (int i = first + 1; i < last; i++) {
      float covered = each * (i + 0.5f - from);
      changes[at + i] += covered - done;
      done = covered;
    }
    float inLast = to - last;
    float covered = tall - each * inLast * inLast * 0.5f;
    changes[at + last] += covered - done;
    changes[at + last + 1] += tall - covered;
  }
}
