package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreyPngTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "200, 50", "800, 300"})
  void anotherDecoderReadsTheSamePixels(int width, int height) throws IOException {
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    // Noise cannot be compressed: the file is at its longest.
    new SplittableRandom(1).nextBytes(GreyPng.pixels(grey));

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(GreyPng.encode(grey)));

    assertThat(read.getWidth()).isEqualTo(width);
    assertThat(read.getHeight()).isEqualTo(height);
    assertThat(((DataBufferByte) read.getRaster().getDataBuffer()).getData())
        .isEqualTo(GreyPng.pixels(grey));
  }
}
