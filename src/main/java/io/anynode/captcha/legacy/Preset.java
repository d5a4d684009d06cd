package io.anynode.captcha.legacy;

import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.settings.Legacy.Format;
import io.anynode.captcha.settings.Legacy.Library;
import io.anynode.captcha.settings.Legacy.Stored;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a library does by itself, in an application.
 *
 * @param attribute the session attribute; null if each application has its own
 * @param date the session attribute with the time; null for none
 * @param stored in which case the attribute holds the answer
 * @param alphabet the characters that are asked for
 * @param length how many
 * @param width of its picture, in pixels
 * @param height of its picture, in pixels
 * @param format of its picture
 * @param images the URL patterns of its servlet in the application
 */
record Preset(
    @Nullable String attribute,
    @Nullable String date,
    Stored stored,
    String alphabet,
    int length,
    int width,
    int height,
    Format format,
    List<String> images) {

  /** Of Kaptcha's {@code Constants} and {@code Config}. */
  private static final String KAPTCHA_ALPHABET = "abcde2345678gfynmnpwx";

  private static final Pattern CHARACTER = Pattern.compile("[^A-Za-z0-9]");

  /** What a library does by itself, as the application's {@code web.xml} has it. */
  static Preset of(Library library, ServletContext context) {
    String usual = TextMaker.ALPHABET;
    List<ServletRegistration> servlets = servlets(library, context);
    List<String> images = servlets.stream().flatMap(s -> s.getMappings().stream()).toList();
    return switch (library) {
      case KAPTCHA -> kaptcha(images, new Parameters(servlets, context));
      case EASYCAPTCHA ->
          new Preset("captcha", null, Stored.LOWER, usual, 5, 130, 48, Format.PNG, images);
      case SIMPLECAPTCHA ->
          new Preset("simpleCaptcha", null, Stored.AS_IS, usual, 5, 200, 50, Format.PNG, images);
      case CAGE ->
          new Preset("captchaToken", null, Stored.AS_IS, usual, 4, 200, 70, Format.JPEG, images);
      case SERVLET, JCAPTCHA ->
          new Preset(null, null, Stored.AS_IS, usual, 4, 120, 40, Format.JPEG, images);
    };
  }

  private static Preset kaptcha(List<String> images, Parameters set) {
    String alphabet =
        CHARACTER.matcher(set.text("textproducer.char.string", KAPTCHA_ALPHABET)).replaceAll("");
    return new Preset(
        set.text("session.key", "KAPTCHA_SESSION_KEY"),
        set.text("session.date", "KAPTCHA_SESSION_DATE"),
        Stored.AS_IS,
        alphabet.chars().distinct().count() > 1 ? alphabet : KAPTCHA_ALPHABET,
        set.number("textproducer.char.length", 5, 3, 12),
        set.number("image.width", 200, 80, 800),
        set.number("image.height", 50, 24, 300),
        Format.JPEG,
        images);
  }

  /**
   * The application's servlets that are the library's, by how their classes' names end: written
   * out, {@code cn.apiclub} would be relocated with our own copy of simplecaptcha.
   */
  private static List<ServletRegistration> servlets(Library library, ServletContext context) {
    List<String> classes =
        switch (library) {
          case KAPTCHA -> List.of("com.google.code.kaptcha.servlet.KaptchaServlet");
          case EASYCAPTCHA -> List.of("com.wf.captcha.servlet.CaptchaServlet");
          case SIMPLECAPTCHA ->
              List.of(
                  "nl.captcha.servlet.SimpleCaptchaServlet",
                  "nl.captcha.servlet.StickyCaptchaServlet",
                  ".apiclub.captcha.servlet.SimpleCaptchaServlet",
                  ".apiclub.captcha.servlet.StickyCaptchaServlet");
          case SERVLET, CAGE, JCAPTCHA -> List.of();
        };
    List<ServletRegistration> found = new ArrayList<>();
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      String name = Objects.requireNonNullElse(servlet.getClassName(), "");
      if (classes.stream().anyMatch(name::endsWith)) {
        found.add(servlet);
      }
    }
    return found;
  }

  /** Kaptcha's parameters: of its servlet, or of the application. */
  private record Parameters(List<ServletRegistration> servlets, ServletContext context) {

    String text(String key, String otherwise) {
      String name = "kaptcha." + key;
      String set =
          servlets.stream()
              .map(ServletRegistration::getInitParameters)
              .map(Map::entrySet)
              .flatMap(entries -> entries.stream().filter(e -> e.getKey().equals(name)))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(context.getInitParameter(name));
      return set == null || set.isBlank() ? otherwise : set.strip();
    }

    /** The nearest that can be drawn. */
    int number(String key, int otherwise, int least, int most) {
      try {
        int set = Integer.parseInt(text(key, Integer.toString(otherwise)));
        return Math.min(most, Math.max(least, set));
      } catch (NumberFormatException e) {
        return otherwise;
      }
    }
  }
}
