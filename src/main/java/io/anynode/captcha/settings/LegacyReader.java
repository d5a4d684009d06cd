package io.anynode.captcha.settings;

import io.anynode.captcha.settings.Legacy.Library;
import io.anynode.captcha.settings.Legacy.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one old captcha after the other. */
final class LegacyReader {

  private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9]{2,62}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern PARAMETER = Pattern.compile("[^\\s\\p{Cntrl}=&,]{1,100}");
  private static final Pattern ATTRIBUTE = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  /** The most decimal digits of which every number is an Integer. */
  private static final int INTEGER_LENGTH = 9;

  /** It is a part of session attributes' names, for which databases have some room only. */
  private static final int LONGEST_NAME = 64;

  private final Values values;

  LegacyReader(Values values) {
    this.values = values;
  }

  List<Legacy> read(Set<String> names) {
    List<Legacy> all = new ArrayList<>();
    for (String name : names) {
      Legacy legacy = read(name);
      if (legacy != null) {
        all.add(legacy);
      }
    }
    return List.copyOf(all);
  }

  private @Nullable Legacy read(String name) {
    Library library = Objects.requireNonNull(choice(Setting.LEGACY_LIBRARY, name, Library.class));
    if (library == Library.JCAPTCHA) {
      values.error(jcaptcha(name));
      return null;
    }
    Mode mode = Objects.requireNonNullElse(mode(name), byDefault(library));
    values.need(Setting.LEGACY_PATH, "old captcha", name);
    values.need(Setting.LEGACY_PARAMETER, "old captcha", name);
    List<Guard> images = images(name);
    List<Guard> checks = checks(name);
    String parameter =
        parsed(Setting.LEGACY_PARAMETER, name, p -> PARAMETER.matcher(p).matches() ? p : null);
    Legacy.Type type = Objects.requireNonNull(choice(Setting.LEGACY_TYPE, name, Legacy.Type.class));
    if (images == null || checks == null || parameter == null) {
      return null;
    }
    Legacy legacy =
        new Legacy(
            name,
            library,
            mode,
            images,
            checks,
            parameter,
            parsed(Setting.LEGACY_ATTRIBUTE, name, a -> ATTRIBUTE.matcher(a).matches() ? a : null),
            type,
            choice(Setting.LEGACY_CASE, name, Legacy.Stored.class),
            picture(name, type));
    checkTogether(legacy);
    return legacy;
  }

  private void checkTogether(Legacy legacy) {
    String name = legacy.name();
    if (legacy.library() == Library.SIMPLECAPTCHA && legacy.mode() == Mode.TAKEOVER) {
      values.error(
          Setting.LEGACY_MODE.key(name)
              + " is 'takeover'; simplecaptcha's attribute is an object that only its own servlet"
              + " makes, so set it to observe or guard");
    }
    if (legacy.library() == Library.SIMPLECAPTCHA && legacy.type() == Legacy.Type.INTEGER) {
      values.error(
          Setting.LEGACY_TYPE.key(name)
              + " is 'integer'; simplecaptcha's attribute is an object, so leave it unset");
    }
    if (legacy.library() == Library.SERVLET && legacy.mode() != Mode.GUARD) {
      values.need(Setting.LEGACY_ATTRIBUTE, "old captcha", name);
    }
    if (name.length() > LONGEST_NAME) {
      values.error(
          "captcha.legacy has the name '"
              + Values.printable(name)
              + "'; allowed are up to "
              + LONGEST_NAME
              + " characters");
    }
    boolean noServlet = legacy.library() == Library.SERVLET || legacy.library() == Library.CAGE;
    if (noServlet && legacy.issues() && legacy.images().isEmpty()) {
      values.need(Setting.LEGACY_IMAGE, "old captcha", name);
    }
  }

  private Legacy.Picture picture(String name, Legacy.Type type) {
    boolean integer = type == Legacy.Type.INTEGER;
    return new Legacy.Picture(
        parsed(
            Setting.LEGACY_ALPHABET,
            name,
            a -> (integer ? DIGITS : ALPHABET).matcher(a).matches() && isVaried(a) ? a : null),
        number(Setting.LEGACY_LENGTH, name, 3, integer ? INTEGER_LENGTH : 12),
        number(Setting.LEGACY_WIDTH, name, 80, 800),
        number(Setting.LEGACY_HEIGHT, name, 24, 300),
        choice(Setting.LEGACY_FORMAT, name, Legacy.Format.class));
  }

  /** Two characters at least, besides the 0 that no Integer begins with. */
  private static boolean isVaried(String alphabet) {
    return alphabet.chars().filter(c -> c != '0').distinct().count() > 1;
  }

  private static Mode byDefault(Library library) {
    return library == Library.SIMPLECAPTCHA || library == Library.CAGE
        ? Mode.OBSERVE
        : Mode.TAKEOVER;
  }

  private @Nullable Mode mode(String name) {
    return choice(Setting.LEGACY_MODE, name, Mode.class);
  }

  private @Nullable List<Guard> checks(String name) {
    List<String> paths = parsed(Setting.LEGACY_PATH, name, v -> each(v, GuardReader::urlPattern));
    Set<String> methods = parsed(Setting.LEGACY_METHOD, name, GuardReader::methods);
    Guard.WhenParameter when =
        parsed(Setting.LEGACY_WHEN_PARAMETER, name, GuardReader::whenParameter);
    Guard.OnFailure onFailure = parsed(Setting.LEGACY_ON_FAILURE, name, GuardReader::onFailure);
    return paths == null || methods == null || onFailure == null
        ? null
        : paths.stream().map(path -> new Guard(name, path, methods, when, "", onFailure)).toList();
  }

  private @Nullable List<Guard> images(String name) {
    if (values.text(Setting.LEGACY_IMAGE, Setting.LEGACY_IMAGE.key(name)) == null) {
      return List.of();
    }
    return parsed(Setting.LEGACY_IMAGE, name, v -> each(v, image -> image(name, image)));
  }

  /** A URL pattern, and what may stand behind a question mark. */
  private static @Nullable Guard image(String name, String value) {
    int question = value.indexOf('?');
    String path = GuardReader.urlPattern(question < 0 ? value : value.substring(0, question));
    String condition = question < 0 ? null : value.substring(question + 1);
    Guard.WhenParameter when = condition == null ? null : GuardReader.whenParameter(condition);
    return path == null || (condition != null && (condition.isEmpty() || when == null))
        ? null
        : Legacy.imageAt(name, path, when);
  }

  /** What is between commas, all of it or nothing. */
  private static <T> @Nullable List<T> each(
      String value, Function<String, ? extends @Nullable T> parser) {
    List<T> all = new ArrayList<>();
    for (String part : Arrays.asList(value.split(",", -1))) {
      T parsed = parser.apply(part.strip());
      if (parsed == null) {
        return null;
      }
      all.add(parsed);
    }
    return List.copyOf(all);
  }

  private @Nullable Integer number(Setting setting, String name, int least, int most) {
    return parsed(
        setting,
        name,
        value -> {
          int n = Integer.parseInt(value);
          return n >= least && n <= most ? n : null;
        });
  }

  private <E extends Enum<E>> @Nullable E choice(Setting setting, String name, Class<E> type) {
    return parsed(
        setting,
        name,
        value ->
            Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().replace('_', '-').equalsIgnoreCase(value))
                .findFirst()
                .orElse(null));
  }

  private <T> @Nullable T parsed(
      Setting setting, String name, Function<String, ? extends @Nullable T> parser) {
    return values.parsed(setting, setting.key(name), parser);
  }

  private static String jcaptcha(String name) {
    return Setting.LEGACY_LIBRARY.key(name)
        + " is 'jcaptcha', which nothing can stand in for: JCaptcha keeps its answers in a map of"
        + " one JVM and not in the session, so no other node can know them. Take its check out of"
        + " the application and guard the form instead: with captcha.protect and the picture"
        + " captcha/image, or with library=servlet, mode=guard and image="
        + " the old picture's URL, which leaves the page as it is";
  }
}
