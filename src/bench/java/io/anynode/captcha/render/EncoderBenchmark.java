package io.anynode.captcha.render;

import ar.com.hjg.pngj.ImageInfo;
import ar.com.hjg.pngj.ImageLineInt;
import ar.com.hjg.pngj.PngWriter;
import com.pngencoder.PngEncoder;
import io.anynode.captcha.render.Drawers.Drawn;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One picture of ours, written as a PNG file by ours and by other encoders. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class EncoderBenchmark {

  private final BufferedImage picture = picture();

  private static BufferedImage picture() {
    try {
      Drawn drawn = Drawers.OURS.drawer().draw();
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(drawn.file()));
      BufferedImage grey =
          new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
      byte[] pixels = GreyPng.pixels(grey);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] =
            (byte) (read.getRaster().getSample(i % read.getWidth(), i / read.getWidth(), 0) * 85);
      }
      return grey;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ours: 2 bits of grey, static codes. */
  @Benchmark
  public byte[] ours() {
    return GreyPng.encode(picture);
  }

  /** The JDK's, 8 bits of grey. */
  @Benchmark
  public byte[] imageIo() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", file);
    return file.toByteArray();
  }

  /** com.pngencoder, 8 bits of grey, at its fastest level. */
  @Benchmark
  public byte[] pngencoder() {
    return new PngEncoder()
        .withBufferedImage(picture)
        .withCompressionLevel(1)
        .withMultiThreadedCompressionEnabled(false)
        .toBytes();
  }

  /** PNGJ, 2 bits of grey, at its fastest level. */
  @Benchmark
  public byte[] pngj() {
    int width = picture.getWidth();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageInfo info = new ImageInfo(width, picture.getHeight(), 2, false, true, false);
    PngWriter writer = new PngWriter(file, info);
    writer.setCompLevel(1);
    byte[] pixels = GreyPng.pixels(picture);
    ImageLineInt line = new ImageLineInt(info);
    int[] levels = line.getScanline();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        levels[x] = (pixels[y * width + x] & 0xff) / 85;
      }
      writer.writeRow(line);
    }
    writer.end();
    return file.toByteArray();
  }
}
