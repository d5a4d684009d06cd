package io.anynode.captcha.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Reads single settings, and remembers every error instead of stopping at the first. */
final class Values {

  private final PropertyResolver source;
  private final List<String> errors = new ArrayList<>();

  Values(PropertyResolver source) {
    this.source = source;
  }

  List<String> errors() {
    return errors;
  }

  void error(String sentence) {
    errors.add(sentence);
  }

  /** The value of a setting, or its default; blank is unset. */
  @Nullable String text(Setting setting) {
    return text(setting, setting.key());
  }

  /** The same for a named entry's, whose key has the name in it. */
  @Nullable String text(Setting setting, String key) {
    String value;
    try {
      value = source.getProperty(key);
    } catch (IllegalArgumentException e) {
      error(key + " has a ${…} in it that refers to itself; allowed is " + setting.allowed());
      return setting.byDefault();
    }
    return value == null || value.isBlank() ? setting.byDefault() : value.strip();
  }

  /** An error if a named entry has not what it needs. */
  void need(Setting setting, String what, String name) {
    if (text(setting, setting.key(name)) == null) {
      error(
          setting.key(name)
              + (" is not set; the " + what + " '" + name + "' needs ")
              + setting.allowed());
    }
  }

  @Nullable Hidden hidden(Setting setting) {
    String value = text(setting);
    return value == null ? null : new Hidden(value);
  }

  /** A text that must be as the test says; null if it is unset or was refused. */
  @Nullable String matching(Setting setting, Predicate<String> allowed) {
    return parsed(setting, setting.key(), value -> allowed.test(value) ? value : null);
  }

  int number(Setting setting, int least, int most) {
    return defaulted(
        setting,
        value -> {
          int n = Integer.parseInt(value);
          return n >= least && n <= most ? n : null;
        });
  }

  boolean flag(Setting setting) {
    return Boolean.TRUE.equals(optionalFlag(setting));
  }

  @Nullable Boolean optionalFlag(Setting setting) {
    return parsed(
        setting,
        setting.key(),
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  Duration time(Setting setting, Duration least, Duration most) {
    return defaulted(setting, value -> time(value, least, most));
  }

  /** A time between these two; null if it is outside. */
  static @Nullable Duration time(String value, Duration least, Duration most) {
    Duration d = DurationFormatterUtils.detectAndParse(value, DurationFormat.Unit.SECONDS);
    return d.compareTo(least) >= 0 && d.compareTo(most) <= 0 ? d : null;
  }

  <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    return defaulted(
        setting,
        value ->
            Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equalsIgnoreCase(value))
                .findFirst()
                .orElse(null));
  }

  /** For a setting that has a default, which also stands in for a value that was refused. */
  <T> T defaulted(Setting setting, Function<String, ? extends @Nullable T> parser) {
    return Objects.requireNonNull(parsed(setting, setting.key(), parser));
  }

  /**
   * Parses a value.
   *
   * @param parser gives null, or throws, for what is not allowed
   * @return the default if it is unset or was refused; null if there is none
   */
  <T> @Nullable T parsed(
      Setting setting, String key, Function<String, ? extends @Nullable T> parser) {
    String value = text(setting, key);
    if (value == null) {
      return null;
    }
    T result;
    try {
      result = parser.apply(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      result = null;
    }
    if (result == null) {
      refuse(setting, key, value);
      String byDefault = setting.byDefault();
      return byDefault == null ? null : parser.apply(byDefault);
    }
    return result;
  }

  private void refuse(Setting setting, String key, String value) {
    String shown = setting.secret() ? "(hidden)" : "'" + printable(value) + "'";
    error(key + " is " + shown + "; allowed is " + setting.allowed());
  }

  /** Keeps an error on one line, and short. */
  static String printable(String value) {
    String line = value.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
