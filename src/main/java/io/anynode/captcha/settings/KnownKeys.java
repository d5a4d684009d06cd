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
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Tells known keys from unknown ones, and finds the names of the guards. */
final class KnownKeys {

  private static final String PREFIX = "captcha.";
  private static final String VARIABLE_PREFIX = "CAPTCHA_";

  /** Variables that point this project's own tests at servers; no setting begins like this. */
  private static final Pattern OF_TESTS =
      Pattern.compile("CAPTCHA_TEST_(REDIS|POSTGRES|MARIADB)_(URI|URL)");

  private static final Pattern GUARD =
      Pattern.compile("captcha\\.protect\\.([A-Za-z0-9_-]+)\\.([a-z-]+)");
  private static final Pattern GUARD_VARIABLE =
      Pattern.compile("CAPTCHA_PROTECT_([A-Z0-9_]+)_(PATH|METHOD|WHEN_PARAMETER|SCOPE|ON_FAILURE)");

  private static final List<String> GUARD_FIELDS =
      Arrays.stream(Setting.values()).filter(Setting::ofGuard).map(Setting::guardField).toList();

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

  /** The names of all guards, in order. */
  static Set<String> guards(PropertySources sources) {
    Set<String> guards = new TreeSet<>();
    Set<String> variables = new TreeSet<>();
    for (PropertySource<?> source : sources) {
      for (String name : names(source)) {
        Matcher key = GUARD.matcher(name);
        if (key.matches() && GUARD_FIELDS.contains(key.group(2))) {
          guards.add(key.group(1));
        }
        Matcher variable = GUARD_VARIABLE.matcher(name);
        if (source instanceof SystemEnvironmentPropertySource && variable.matches()) {
          variables.add(variable.group(1));
        }
      }
    }
    // LOGIN may stand for a guard "login" that a file names, else it is a guard of its own.
    for (String variable : variables) {
      if (guards.stream().noneMatch(guard -> Setting.variable(guard).equals(variable))) {
        guards.add(variable.toLowerCase(Locale.ROOT));
      }
    }
    return guards;
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
    Matcher guard = GUARD.matcher(name);
    if (guard.matches()) {
      return !GUARD_FIELDS.contains(guard.group(2));
    }
    return Arrays.stream(Setting.values()).noneMatch(s -> s.key().equals(name));
  }

  private static boolean isUnknownVariable(String name) {
    return name.startsWith(VARIABLE_PREFIX)
        && !OF_TESTS.matcher(name).matches()
        && !GUARD_VARIABLE.matcher(name).matches()
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
