package io.anynode.captcha.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Writes a sheet of a hundred pictures, for a look after a change: {@code <file> <width> <height>
 * [text]}. Run it by hand, with the test class path.
 */
final class PictureSheet {

  private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

  private PictureSheet() {}

  public static void main(String[] arguments) throws Exception {
    int width = Integer.parseInt(arguments[1]);
    int height = Integer.parseInt(arguments[2]);
    int columns = Math.max(1, 1050 / (width + 10));
    int rows = (100 + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            columns * (width + 10), rows * (height + 10), BufferedImage.TYPE_BYTE_GRAY);
    SimpleCaptchaPictures pictures = new SimpleCaptchaPictures(width, height);
    for (int i = 0; i < 100; i++) {
      String text = arguments.length > 3 ? arguments[3] : text(i);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(pictures.draw(text, i * 31L)));
      sheet
          .getRaster()
          .setRect(i % columns * (width + 10), i / columns * (height + 10), picture.getRaster());
    }
    ImageIO.write(sheet, "png", new File(arguments[0]));
  }

  private static String text(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
