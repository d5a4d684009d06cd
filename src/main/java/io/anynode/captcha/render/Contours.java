package io.anynode.captcha.render;

import java.util.Arrays;

/** Closed contours of straight lines, one after the other. */
final class Contours {

  private float[] x;
  private float[] y;
  private int points;
  private int[] ends = new int[8];
  private int contours;

  Contours(int room) {
    x = new float[room];
    y = new float[room];
  }

  void point(float atX, float atY) {
    if (points == x.length) {
      x = Arrays.copyOf(x, points * 2);
      y = Arrays.copyOf(y, points * 2);
    }
    x[points] = atX;
    y[points++] = atY;
  }

  /** Ends a contour: a line leads from its last point to its first. */
  void close() {
    if (contours == ends.length) {
      ends = Arrays.copyOf(ends, contours * 2);
    }
    ends[contours++] = points;
  }

  /** How many points there are. */
  int points() {
    return points;
  }

  /** How many contours are closed. */
  int size() {
    return contours;
  }

  /** The index of a contour's first point. */
  int start(int contour) {
    return contour == 0 ? 0 : ends[contour - 1];
  }

  /** The index behind a contour's last point. */
  int end(int contour) {
    return ends[contour];
  }

  float x(int point) {
    return x[point];
  }

  float y(int point) {
    return y[point];
  }

  void move(int point, float toX, float toY) {
    x[point] = toX;
    y[point] = toY;
  }
}
