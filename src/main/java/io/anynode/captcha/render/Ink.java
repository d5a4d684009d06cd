package io.anynode.captcha.render;

import java.awt.image.BufferedImage;

/**
 * Fills shapes, each of which inverts what is below it: black on white, white on black, at soft
 * edges in proportion. It is wet until all shapes are in, and then dries on white paper at once.
 *
 * <p>Not by Java's own {@code Graphics2D}: that takes longer, most of it to get going, and its
 * edges may differ between versions of Java. A shape is converted by its exact area in each pixel:
 * every line adds, in the rows that it crosses, what it changes in the covered area from one pixel
 * to the next, and a sum along the row has the area. What is covered an even number of times is
 * paper. Areas are counted in whole parts of a pixel, and all else is done in {@code float}s, whose
 * sums and products are the same on each processor.
 */
final class Ink {

  /**
   * The area of a pixel. That of two pixels is paper again, and so no more than what a {@code
   * short} counts up to from the beginning: that one overflows does no harm.
   */
  private static final int PIXEL_BITS = 15;

  private static final int PIXEL = 1 << PIXEL_BITS;

  private final int width;
  private final int height;
  private final int stride;
  private final short[] changes;

  /**
   * Ink for one picture.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   */
  Ink(int width, int height) {
    this.width = width;
    this.height = height;
    this.stride = width + 2; // the last change is at most one behind the image
    this.changes = new short[stride * height];
  }

  /**
   * Inverts what some contours enclose; not what two of them enclose, the one within the other.
   *
   * @param shape lies within the picture
   * @param from the first contour
   * @param to behind the last contour
   */
  void invert(Contours shape, int from, int to) {
    for (int contour = from; contour < to; contour++) {
      int last = shape.end(contour) - 1;
      float x = shape.x(last);
      float y = shape.y(last);
      for (int i = shape.start(contour); i <= last; i++) {
        float toX = shape.x(i);
        float toY = shape.y(i);
        if (y < toY) {
          falling(x, y, toX, toY, PIXEL);
        } else if (toY < y) {
          falling(toX, toY, x, y, -PIXEL);
        }
        x = toX;
        y = toY;
      }
    }
  }

  /**
   * Dries on paper.
   *
   * @param image of {@link BufferedImage#TYPE_BYTE_GRAY}, as large as the picture; what it shows is
   *     lost
   */
  void dry(BufferedImage image) {
    byte[] pixels = GreyPng.pixels(image);
    int pixel = 0;
    for (int row = 0; row < height; row++) {
      int covered = 0;
      int change = row * stride;
      for (int end = pixel + width; pixel < end; pixel++) {
        covered += changes[change++];
        int paper = Math.abs((covered & (2 * PIXEL - 1)) - PIXEL);
        pixels[pixel] = (byte) ((paper * 255 + PIXEL / 2) >> PIXEL_BITS);
      }
    }
  }

  /** A line that goes down. */
  private void falling(float x0, float y0, float x1, float y1, int sign) {
    int row = (int) y0;
    if (y1 <= row + 1) {
      across(row, x0, x1, sign * (y1 - y0));
      return;
    }
    float slope = (x1 - x0) / (y1 - y0);
    float x = x0;
    float y = y0;
    for (; row < y1; row++) {
      float nextY = row + 1 < y1 ? row + 1 : y1;
      float nextX = x + slope * (nextY - y);
      if (slope < 0 ? nextX < x1 : nextX > x1) {
        nextX = x1; // rounding must not lead out of the image
      }
      across(row, x, nextX, sign * (nextY - y));
      x = nextX;
      y = nextY;
    }
  }

  private void across(int row, float x0, float x1, float tall) {
    if (x0 < x1) {
      cross(row, x0, x1, tall);
    } else {
      cross(row, x1, x0, tall);
    }
  }

  /** A line from one place to another within a row, which covers all to its right. */
  private void cross(int row, float from, float to, float tall) {
    int first = (int) from;
    int last = (int) to;
    int at = row * stride + first;
    int all = (int) tall;
    if (first == last) {
      int right = (int) (tall * ((from + to) * 0.5f - first));
      change(at, all - right);
      change(at + 1, right);
      return;
    }
    float each = tall / (to - from);
    float inFirst = first + 1 - from;
    int done = (int) (each * inFirst * inFirst * 0.5f);
    change(at++, done);
    for (int i = first + 1; i < last; i++) {
      int covered = (int) (each * (i + 0.5f - from));
      change(at++, covered - done);
      done = covered;
    }
    float inLast = to - last;
    int covered = (int) (tall - each * inLast * inLast * 0.5f);
    change(at++, covered - done);
    change(at, all - covered);
  }

  private void change(int at, int by) {
    changes[at] = (short) (changes[at] + by);
  }
}
