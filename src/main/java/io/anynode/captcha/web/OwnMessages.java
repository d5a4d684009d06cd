package io.anynode.captcha.web;

import io.anynode.captcha.http.Languages;
import io.anynode.captcha.settings.Setting;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application's own texts: {@code WEB-INF/captcha-messages_<language>.properties}, in UTF-8. A
 * file may have a few of the keys, or be a language that does not come along.
 */
final class OwnMessages {

  private static final Pattern FILE =
      Pattern.compile("/WEB-INF/captcha-messages(?:_([A-Za-z0-9-]+))?\\.properties");

  private OwnMessages() {}

  /**
   * The languages of an application.
   *
   * @param fixed {@code captcha.language}; null if it is not set
   * @throws SettingsException with every error there is: keys that nothing reads, a language that
   *     is not there
   */
  static Languages read(ServletContext context, @Nullable Locale fixed) {
    List<String> errors = new ArrayList<>();
    Map<String, Map<String, String>> own = new HashMap<>();
    Set<String> files = context.getResourcePaths("/WEB-INF/");
    for (String path : files == null ? Set.<String>of() : new TreeSet<>(files)) {
      Matcher name = FILE.matcher(path);
      if (name.matches()) {
        String tag = name.group(1) == null ? "" : Locale.forLanguageTag(name.group(1)).toString();
        if (tag.isEmpty()) {
          errors.add(path + " names no language; call it captcha-messages_en.properties, or so");
        } else {
          own.put(
              Locale.forLanguageTag(name.group(1)).toLanguageTag(), texts(context, path, errors));
        }
      }
    }
    Languages languages = new Languages(own, fixed);
    if (fixed != null && !languages.has(fixed)) {
      errors.add(
          Setting.LANGUAGE.key()
              + " is '%s', and there are no texts in it; bring WEB-INF/captcha-messages_%s.properties"
                  .formatted(fixed.toLanguageTag(), fixed.toLanguageTag()));
    }
    if (!errors.isEmpty()) {
      throw new SettingsException(errors);
    }
    return languages;
  }

  private static Map<String, String> texts(
      ServletContext context, String path, List<String> errors) {
    try (InputStream file = context.getResourceAsStream(path)) {
      Map<String, String> texts = file == null ? Map.of() : Languages.read(file);
      Set<String> known = Languages.english().texts().keySet();
      texts.keySet().stream()
          .filter(key -> !known.contains(key))
          .sorted()
          .forEach(
              key ->
                  errors.add(
                      path
                          + " has the key '"
                          + key
                          + "', which is none of "
                          + new TreeSet<>(known)));
      return texts;
    } catch (IOException | IllegalArgumentException e) {
      errors.add(path + " cannot be read as properties in UTF-8; mend the application's file");
      return Map.of();
    }
  }
}
