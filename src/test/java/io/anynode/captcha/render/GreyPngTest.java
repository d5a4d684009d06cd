package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreyPngTest {

  private static final String SIZES =
      """
      1, 1
      2, 5
      3, 7
      4, 1
      201, 50
      200, 50
      800, 300\
      """;

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void anotherDecoderReadsNoise(int width, int height) throws IOException {
    // Noise cannot be compressed: the file is at its longest.
    SplittableRandom random = new SplittableRandom(1);
    holds(width, height, i -> 85 * random.nextInt(4));
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void anotherDecoderReadsRunsOfAllLengths(int width, int height) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    int[] left = {0, 0};
    holds(
        width,
        height,
        i -> {
          if (left[0]-- == 0) {
            left[0] = random.nextInt(random.nextBoolean() ? 30 : 3000);
            left[1] = 85 * random.nextInt(4);
          }
          return left[1];
        });
  }

  /** What comes again much later, at distances of each size that the format has. */
  @ParameterizedTest
  @CsvSource({"7", "100", "613", "5003", "33000", "70001"})
  void anotherDecoderReadsWhatComesAgainAfter(int pixels) throws IOException {
    int[] noise = new SplittableRandom(3).ints(pixels, 0, 4).toArray();
    holds(800, 300, i -> 85 * noise[i % pixels]);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "42, 0",
    "43, 85",
    "85, 85",
    "127, 85",
    "128, 170",
    "212, 170",
    "213, 255",
    "255, 255"
  })
  void aLevelIsTheNearestOfFour(int level, int written) throws IOException {
    BufferedImage grey = new BufferedImage(5, 2, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(GreyPng.pixels(grey), (byte) level);
    assertThat(read(grey).getRGB(4, 1) & 0xff).isEqualTo(written);
  }

  private static void holds(int width, int height, IntUnaryOperator level) throws IOException {
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = GreyPng.pixels(grey);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) level.applyAsInt(i);
    }

    BufferedImage read = read(grey);

    assertThat(read.getWidth()).isEqualTo(width);
    assertThat(read.getHeight()).isEqualTo(height);
    for (int i = 0; i < pixels.length; i++) {
      if ((read.getRGB(i % width, i / width) & 0xff) != (pixels[i] & 0xff)) {
        assertThat(i).as("the first pixel that differs").isEqualTo(pixels.length);
      }
    }
  }

  private static BufferedImage read(BufferedImage grey) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(GreyPng.encode(grey)));
  }
}
