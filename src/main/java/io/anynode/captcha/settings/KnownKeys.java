package io.anynode.captcha.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Tells known keys from unknown ones, and finds the names of guards and other entries. */
final class KnownKeys {

  private static final String PREFIX = "captcha.";
  private static final String VARIABLE_PREFIX = "CAPTCHA_";

  /** Variables that point this project's own tests at servers; no setting begins like this. */
  private static final Pattern OF_TESTS =
      Pattern.compile("CAPTCHA_TEST_(REDIS|POSTGRES|MARIADB)_(URI|URL)");

  private static final Pattern ENTRY =
      Pattern.compile("(captcha\\.(?:protect|legacy)\\.)([A-Za-z0-9_-]+)\\.([a-z-]+)");

  /** The shortest name counts: LOGIN_WHEN_PARAMETER is no PARAMETER of an entry "login-when". */
  private static final Pattern ENTRY_VARIABLE =
      Pattern.compile(
          "CAPTCHA_(PROTECT|LEGACY)_([A-Z0-9_]+?)_("
              + Arrays.stream(Setting.values())
                  .filter(Setting::ofEntry)
                  .map(s -> Setting.variable(s.field()))
                  .distinct()
                  .collect(Collectors.joining("|"))
              + ")");

  private KnownKeys() {}

  /** An error for each key that begins like ours and is none. */
  static List<String> errors(PropertySources sources) {
    Set<String> errors = new LinkedHashSet<>();
    for (PropertySource<?> source : sources) {
      for (String name : names(source)) {
        boolean variable = source instanceof SystemEnvironmentPropertySource;
        if (variable ? isUnknownVariable(name) : isUnknownKey(name)) {
          errors.add(
              Values.printable(name)
                  + " in "
                  + source.getName()
                  + " is no setting; did you mean "
                  + nearest(name, variable)
                  + "?");
        }
      }
    }
    return List.copyOf(errors);
  }

  /**
   * The names of all entries of a family, in order.
   *
   * @param setting any of the family's
   */
  static Set<String> entries(PropertySources sources, Setting setting) {
    String family = setting.family();
    Set<String> entries = new TreeSet<>();
    Set<String> variables = new TreeSet<>();
    for (PropertySource<?> source : sources) {
      for (String name : names(source)) {
        Matcher key = ENTRY.matcher(name);
        if (key.matches() && key.group(1).equals(family) && isField(key)) {
          entries.add(key.group(2));
        }
        Matcher variable = ENTRY_VARIABLE.matcher(name);
        if (source instanceof SystemEnvironmentPropertySource
            && name.startsWith(Setting.variable(family))
            && variable.matches()) {
          variables.add(variable.group(2));
        }
      }
    }
    // LOGIN may stand for an entry "login" that a file names, else it is one of its own.
    for (String variable : variables) {
      if (entries.stream().noneMatch(entry -> Setting.variable(entry).equals(variable))) {
        entries.add(variable.toLowerCase(Locale.ROOT));
      }
    }
    return entries;
  }

  private static boolean isField(Matcher key) {
    return Arrays.stream(Setting.values())
        .filter(Setting::ofEntry)
        .anyMatch(s -> s.family().equals(key.group(1)) && s.field().equals(key.group(3)));
  }

  private static boolean isFieldVariable(String name) {
    Matcher variable = ENTRY_VARIABLE.matcher(name);
    return variable.matches()
        && Arrays.stream(Setting.values())
            .filter(Setting::ofEntry)
            .anyMatch(s -> name.equals(Setting.variable(s.key(variable.group(2)))));
  }

  private static List<String> names(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> enumerable
        ? List.of(enumerable.getPropertyNames())
        : List.of();
  }

  private static boolean isUnknownKey(String name) {
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    Matcher entry = ENTRY.matcher(name);
    if (entry.matches()) {
      return !isField(entry);
    }
    return Arrays.stream(Setting.values()).noneMatch(s -> s.key().equals(name));
  }

  private static boolean isUnknownVariable(String name) {
    return name.startsWith(VARIABLE_PREFIX)
        && !OF_TESTS.matcher(name).matches()
        && !isFieldVariable(name)
        && Arrays.stream(Setting.values()).noneMatch(s -> Setting.variable(s.key()).equals(name));
  }

  private static String nearest(String name, boolean variable) {
    return Arrays.stream(Setting.values())
        .map(Setting::key)
        .map(key -> variable ? Setting.variable(key) : key)
        .min(Comparator.comparingInt(key -> distance(name, key)))
        .orElseThrow();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
