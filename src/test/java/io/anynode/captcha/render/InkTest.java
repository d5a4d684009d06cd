package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InkTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  @Test
  void aPixelIsInkedByTheAreaThatIsCovered() {
    byte[] pixels = draw(box(10.25f, 5.5f, 20, 30));

    assertThat(level(pixels, 9, 10)).isEqualTo(255);
    assertThat(level(pixels, 10, 10)).isCloseTo(64, within(1));
    assertThat(level(pixels, 10, 5)).isCloseTo(159, within(1));
    assertThat(level(pixels, 11, 5)).isCloseTo(128, within(1));
    assertThat(level(pixels, 19, 29)).isZero();
    assertThat(level(pixels, 20, 29)).isEqualTo(255);
    assertThat(level(pixels, 19, 30)).isEqualTo(255);
  }

  @Test
  void inkOnInkIsPaper() {
    byte[] pixels = draw(box(5, 5, 30, 30), box(20, 20, 40, 35));

    assertThat(level(pixels, 10, 10)).isZero();
    assertThat(level(pixels, 25, 25)).isEqualTo(255);
    assertThat(level(pixels, 35, 33)).isZero();
  }

  @Test
  void twiceTheSameLeavesNothingButSoftEdges() {
    byte[] pixels = draw(box(10.25f, 5.5f, 20, 30), box(10.25f, 5.5f, 20, 30));

    assertThat(level(pixels, 15, 15)).isEqualTo(255);
    // Three quarters twice are half a pixel more than one, and half a pixel less than none.
    assertThat(level(pixels, 10, 10)).isCloseTo(128, within(1));
    assertThat(level(pixels, 12, 5)).isCloseTo(0, within(1));
  }

  @Test
  void aShapeDrawnTheOtherWayRoundIsTheSame() {
    Contours box = box(10.25f, 5.5f, 20, 30);
    Contours back = new Contours(4);
    for (int i = box.points() - 1; i >= 0; i--) {
      back.point(box.x(i), box.y(i));
    }
    back.close();

    assertThat(draw(back)).isEqualTo(draw(box));
    assertThat(level(draw(box(5, 5, 30, 35), back), 15, 15)).isEqualTo(255);
  }

  @Test
  void aShapeMayReachTheEdges() {
    byte[] pixels = draw(box(0, 0, WIDTH, HEIGHT));
    assertThat(pixels).containsOnly(0);
  }

  /** Java's own, at 256 samples a pixel, is the other way to the same picture. */
  @Test
  void anyTriangleIsAsJavaDrawsIt() {
    SplittableRandom random = new SplittableRandom(1);
    for (int attempt = 0; attempt < 300; attempt++) {
      Contours triangle = new Contours(3);
      Path2D path = new Path2D.Float();
      for (int i = 0; i < 3; i++) {
        float x = (float) random.nextDouble(WIDTH);
        float y = (float) random.nextDouble(HEIGHT);
        triangle.point(x, y);
        if (i == 0) {
          path.moveTo(x, y);
        } else {
          path.lineTo(x, y);
        }
      }
      triangle.close();
      path.closePath();
      byte[] pixels = draw(triangle);
      byte[] javas = javas(path);
      for (int i = 0; i < pixels.length; i++) {
        assertThat(pixels[i] & 0xff)
            .as("attempt %d, pixel %d, %d", attempt, i % WIDTH, i / WIDTH)
            .isCloseTo(javas[i] & 0xff, within(40));
      }
    }
  }

  private static byte[] javas(Path2D path) {
    BufferedImage image = paper();
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(java.awt.Color.BLACK);
    graphics.fill(path);
    graphics.dispose();
    return GreyPng.pixels(image);
  }

  private static byte[] draw(Contours... shapes) {
    BufferedImage image = paper();
    Ink ink = new Ink(WIDTH, HEIGHT);
    for (Contours shape : shapes) {
      ink.invert(shape, 0, shape.size());
    }
    ink.dry(image);
    return GreyPng.pixels(image);
  }

  private static BufferedImage paper() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(GreyPng.pixels(image), (byte) 255);
    return image;
  }

  private static int level(byte[] pixels, int x, int y) {
    return pixels[y * WIDTH + x] & 0xff;
  }

  private static Contours box(float left, float top, float right, float bottom) {
    Contours box = new Contours(4);
    box.point(left, top);
    box.point(right, top);
    box.point(right, bottom);
    box.point(left, bottom);
    box.close();
    return box;
  }
}
