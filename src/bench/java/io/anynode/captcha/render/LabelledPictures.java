package io.anynode.captcha.render;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Writes pictures with their answers for the attacks in {@code src/bench/python}: {@code <folder>
 * <drawer> <count>}. {@code <drawer>.u8} has the pictures one after the other, a byte of grey for
 * each pixel; {@code <drawer>.txt} has an answer a line.
 */
final class LabelledPictures {

  private LabelledPictures() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    String name = arguments[1].toLowerCase(Locale.ROOT);
    Drawers.Drawer drawer = Drawers.valueOf(arguments[1].toUpperCase(Locale.ROOT)).drawer();
    try (OutputStream pictures = Files.newOutputStream(folder.resolve(name + ".u8"));
        Writer answers = Files.newBufferedWriter(folder.resolve(name + ".txt"))) {
      for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
        Drawers.Drawn drawn = drawer.draw();
        pictures.write(grey(drawn.file()));
        answers.write(drawn.text() + "\n");
      }
    }
  }

  private static byte[] grey(byte[] file) throws IOException {
    BufferedImage grey =
        new BufferedImage(Drawers.WIDTH, Drawers.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = grey.createGraphics();
    graphics.drawImage(
        ImageIO.read(new ByteArrayInputStream(file)), 0, 0, Color.WHITE, /* observer= */ null);
    graphics.dispose();
    return GreyPng.pixels(grey);
  }
}
