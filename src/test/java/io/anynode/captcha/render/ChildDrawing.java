package io.anynode.captcha.render;

import cn.apiclub.captcha.Captcha;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Base64;

/** What {@link PicturesElsewhereTest} runs in a JVM of its own. */
final class ChildDrawing {

  static final String TEXT = "12+7=?";

  private ChildDrawing() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "ours" -> System.out.print(ours());
      case "stock" -> new Captcha.Builder(200, 50).addText().addBackground().build();
      case "web-application" -> System.out.print(webApplication());
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Fifty pictures, as text. */
  static String ours() {
    SimpleCaptchaPictures pictures = new SimpleCaptchaPictures(200, 50);
    StringBuilder drawn = new StringBuilder();
    for (long seed = 0; seed < 50; seed++) {
      drawn.append(Base64.getEncoder().encodeToString(pictures.draw(TEXT, seed))).append(' ');
    }
    return drawn.toString();
  }

  /** Draws first of all with a context class loader, as in a container; then lets go of it. */
  private static String webApplication() throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    WeakReference<ClassLoader> undeployed = drawWithALoaderOfItsOwn(collected);
    for (int attempt = 0; attempt < 100; attempt++) {
      System.gc();
      if (undeployed.equals(collected.remove(100))) {
        return "let go";
      }
    }
    return "kept";
  }

  private static WeakReference<ClassLoader> drawWithALoaderOfItsOwn(
      ReferenceQueue<ClassLoader> collected) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[0], before)) {
      Thread.currentThread().setContextClassLoader(loader);
      ours();
      new SimpleCaptchaPictures(200, 50, Format.JPEG, PictureDifficulty.HARD).draw(TEXT, 1);
      new SimpleCaptchaPictures(200, 50, Format.GIF, PictureDifficulty.EASY).draw(TEXT, 1);
      return new WeakReference<>(loader, collected);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
