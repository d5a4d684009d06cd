package io.anynode.captcha.render;

import cn.apiclub.captcha.noise.NoiseProducer;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * A few thick arcs across the image that invert what they cross. People read on through the change
 * of colour; for a machine, strokes break and join there. No other noise measured costs it as much.
 */
final class InvertingArcs implements NoiseProducer {

  private static final int POINTS = 32;

  /** In pixels, as for the word. */
  private static final double MARGIN = 2;

  private final Color ink;
  private final SplittableRandom random;

  InvertingArcs(Color ink, SplittableRandom random) {
    this.ink = ink;
    this.random = random;
  }

  @Override
  public void makeNoise(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(ink);
    // Porter and Duff's exclusive or: ink on ink becomes clear, at soft edges in proportion.
    graphics.setComposite(AlphaComposite.Xor);
    int arcs = 2 + width / (3 * height);
    for (int i = 0; i < arcs; i++) {
      double centre = width * (i + random.nextDouble()) / arcs;
      double half = height * random.nextDouble(0.6, 1.0);
      graphics.fill(arc(centre - half, centre + half, width, height));
    }
    graphics.dispose();
  }

  /** A quadratic curve from left to right, as the outline of a band. */
  private Path2D arc(double left, double right, int width, int height) {
    double half = height * random.nextDouble(0.02, 0.038);
    double edge = MARGIN + half;
    // The curve stays within the triangle of these points, and so the band within the margin.
    double x0 = Math.max(left, edge);
    double x2 = Math.min(right, width - edge);
    double x1 = x0 + (x2 - x0) * random.nextDouble(0.3, 0.7);
    double top = random.nextDouble(edge, height * 0.35);
    double bottom = random.nextDouble(height * 0.65, height - edge);
    double y0 = random.nextBoolean() ? top : bottom;
    double y1 = random.nextDouble(edge, height - edge);
    double y2 = top + bottom - y0;
    double[] x = new double[2 * POINTS];
    double[] y = new double[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
      double t = i / (POINTS - 1.0);
      double u = 1 - t;
      double alongX = u * (x1 - x0) + t * (x2 - x1);
      double alongY = u * (y1 - y0) + t * (y2 - y1);
      double across = half / Math.sqrt(alongX * alongX + alongY * alongY);
      double middleX = u * u * x0 + 2 * u * t * x1 + t * t * x2;
      double middleY = u * u * y0 + 2 * u * t * y1 + t * t * y2;
      x[i] = middleX - alongY * across;
      y[i] = middleY + alongX * across;
      x[2 * POINTS - 1 - i] = middleX + alongY * across;
      y[2 * POINTS - 1 - i] = middleY - alongX * across;
    }
    Path2D band = new Path2D.Double();
    band.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      band.lineTo(x[i], y[i]);
    }
    band.closePath();
    return band;
  }
}
