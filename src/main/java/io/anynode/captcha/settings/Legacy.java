package io.anynode.captcha.settings;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One old captcha that is stood in for: the settings under {@code captcha.legacy.<name>}. What is
 * null there is the library's own way, which may depend on the application's {@code web.xml}.
 *
 * @param name the {@code <name>}
 * @param library what made it
 * @param mode who draws, and who checks
 * @param images the requests for its picture, as guards of GET; empty for the URLs of the library's
 *     own servlet
 * @param checks the requests in which the old code checks the answer; at least one
 * @param parameter the form field that carries the answer
 * @param attribute the session attribute that the old code reads; null for the library's own, or,
 *     of {@link Library#SERVLET} in {@link Mode#GUARD}, for none
 * @param type what the old code takes that attribute for
 * @param stored in which case it expects the answer there; null for the library's own
 * @param picture what is drawn when this draws
 */
public record Legacy(
    String name,
    Library library,
    Mode mode,
    List<Guard> images,
    List<Guard> checks,
    String parameter,
    @Nullable String attribute,
    Type type,
    @Nullable Stored stored,
    Picture picture) {

  /** What made the old captcha. */
  public enum Library {
    /** A servlet, page or action of the application's own. */
    SERVLET,
    /** Kaptcha. */
    KAPTCHA,
    /** EasyCaptcha. */
    EASYCAPTCHA,
    /** simplecaptcha, whose session attribute is an object of its own. */
    SIMPLECAPTCHA,
    /** Cage, whose page makes the answer before its picture is asked for. */
    CAGE,
    /** JCaptcha, which is refused. */
    JCAPTCHA
  }

  /** Who draws, and who checks. */
  public enum Mode {
    /** This draws, the old code checks. */
    TAKEOVER,
    /** This checks. */
    GUARD,
    /** The old code draws and checks. */
    OBSERVE
  }

  /** What the old code takes its attribute for. */
  public enum Type {
    /** A {@code java.lang.String}. */
    STRING,
    /** A {@code java.lang.Integer}. */
    INTEGER
  }

  /** In which case an answer is in the attribute. */
  public enum Stored {
    /** As it was drawn. */
    AS_IS,
    /** In upper case. */
    UPPER,
    /** In lower case. */
    LOWER
  }

  /** A picture's format. */
  public enum Format {
    /** PNG. */
    PNG,
    /** JPEG. */
    JPEG,
    /** GIF. */
    GIF
  }

  /**
   * What is drawn; null stands for the library's own way.
   *
   * @param alphabet the characters that are asked for, letters and digits of ASCII
   * @param length how many, 3 to 12
   * @param width in pixels, 80 to 800
   * @param height in pixels, 24 to 300
   * @param format the file's format
   */
  public record Picture(
      @Nullable String alphabet,
      @Nullable Integer length,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Format format) {}

  /** Whether this draws the picture and thinks of the answer, instead of the old code. */
  public boolean issues() {
    return switch (mode) {
      case TAKEOVER -> true;
      case GUARD -> library != Library.SIMPLECAPTCHA && library != Library.CAGE;
      case OBSERVE -> false;
    };
  }

  /**
   * The requests for its picture at a URL, as a guard of GET.
   *
   * @param path a URL pattern of the Servlet specification (12.2)
   */
  public Guard imageAt(String path) {
    return imageAt(name, path, null);
  }

  /** The same, when a parameter decides; what it gets on failure is never used. */
  static Guard imageAt(String name, String path, Guard.@Nullable WhenParameter when) {
    return new Guard(name, path, Set.of("GET"), when, "", new Guard.Status(404));
  }
}
