package io.anynode.captcha.render;

/**
 * One character of a face: its outline in straight lines, a capital 1 high, y growing down from the
 * line that it stands on.
 */
final class Glyph {

  /** At sharper corners the outline would shoot out. */
  private static final float LEAST_COSINE = 0.35f;

  private final float advance;
  private final Contours outline;
  private final float[] outX;
  private final float[] outY;

  /**
   * A glyph.
   *
   * @param advance from its origin to that of the next, in heights of a capital
   * @param outline never to be changed again
   */
  Glyph(float advance, Contours outline) {
    this.advance = advance;
    this.outline = outline;
    this.outX = new float[outline.points()];
    this.outY = new float[outline.points()];
    double area = 0;
    for (int contour = 0; contour < outline.size(); contour++) {
      int end = outline.end(contour);
      int before = end - 1;
      for (int i = outline.start(contour); i < end; before = i++) {
        area += outline.x(before) * outline.y(i) - (double) outline.x(i) * outline.y(before);
      }
    }
    for (int contour = 0; contour < outline.size(); contour++) {
      outwards(outline.start(contour), outline.end(contour), area < 0 ? -1 : 1);
    }
  }

  /** Some faces have their outlines clockwise, others the other way. */
  private void outwards(int start, int end, int clockwise) {
    for (int i = start; i < end; i++) {
      int before = i == start ? end - 1 : i - 1;
      int after = i == end - 1 ? start : i + 1;
      double inX = outline.x(i) - outline.x(before);
      double inY = outline.y(i) - outline.y(before);
      double onX = outline.x(after) - outline.x(i);
      double onY = outline.y(after) - outline.y(i);
      double in = Math.max(1e-6, Math.sqrt(inX * inX + inY * inY));
      double on = Math.max(1e-6, Math.sqrt(onX * onX + onY * onY));
      double x = inY / in + onY / on;
      double y = -inX / in - onX / on;
      // Half the sum of both sides' normals, made so long that both sides move by 1.
      double cosine = Math.max(LEAST_COSINE, (x * x + y * y) / 4);
      outX[i] = (float) (clockwise * x / 2 / cosine);
      outY[i] = (float) (clockwise * y / 2 / cosine);
    }
  }

  float advance() {
    return advance;
  }

  /** Its outline as the face has it. */
  Contours outline() {
    return outline;
  }

  /** Where a point of the outline is if the glyph is bolder by so much at each edge. */
  float x(int point, float bolder) {
    return outline.x(point) + outX[point] * bolder;
  }

  /** The same for y. */
  float y(int point, float bolder) {
    return outline.y(point) + outY[point] * bolder;
  }
}
