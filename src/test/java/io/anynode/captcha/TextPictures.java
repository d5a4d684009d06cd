package io.anynode.captcha;

import io.anynode.captcha.render.Pictures;
import java.nio.charset.StandardCharsets;

/** Draws what can be compared. */
final class TextPictures implements Pictures {

  @Override
  public byte[] draw(String text, long seed) {
    return (text + "/" + seed).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean canDraw(char character) {
    return true;
  }
}
