package io.anynode.captcha.web;

import io.anynode.captcha.settings.Setting;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.ServletContext;
import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which applications the captcha is for. In {@code WEB-INF/lib} it is for that application. In a
 * folder of the container's, where every application would get it, it is for those that {@code
 * captcha.contexts} names.
 */
final class Contexts {

  private static final Logger log = LoggerFactory.getLogger(Contexts.class);

  private Contexts() {}

  /**
   * Whether the captcha is for an application.
   *
   * @throws SettingsException if a file of the container's that may name it cannot be read
   */
  static boolean include(ServletContext context) {
    if (isOwn(context)) {
      return true;
    }
    boolean named =
        named(ContainerSettings.ofContainer().getProperty(Setting.CONTEXTS.key()))
            .contains(context.getContextPath());
    log.debug("{} names '{}': {}.", Setting.CONTEXTS.key(), context.getContextPath(), named);
    return named;
  }

  /** Whether this class is the application's, in its {@code WEB-INF}. */
  static boolean isOwn(ServletContext context) {
    return Contexts.class.getClassLoader() == context.getClassLoader()
        || isInApplication(Contexts.class.getProtectionDomain().getCodeSource());
  }

  /**
   * Whether code lies in an application. The class loader does not tell in Open Liberty, where a
   * context's is not the one that loaded its classes; but that unpacks them to a path of this name.
   */
  static boolean isInApplication(@Nullable CodeSource source) {
    URL location = source == null ? null : source.getLocation();
    return location != null && location.getPath().contains("/WEB-INF/");
  }

  /**
   * The context paths of a list.
   *
   * @param list with commas between them, the root as {@code /} or as nothing; null if it is not
   *     set
   * @return each as the servlet API has it: with a slash before it, and empty for the root
   */
  static Set<String> named(@Nullable String list) {
    if (list == null || list.isBlank()) {
      return Unset.NONE;
    }
    return Arrays.stream(list.split(",", -1))
        .map(path -> path.strip().replaceAll("^/+|/+$", ""))
        .map(path -> path.isEmpty() ? "" : "/" + path)
        .collect(Collectors.toSet());
  }

  /** Is there from the first time that it is asked for, and so says its line once. */
  private static final class Unset {

    static final Set<String> NONE = none();

    private static Set<String> none() {
      log.info(
          "Anynode Captcha is in a folder of the container's and does nothing, since {} is not set:"
              + " name the context paths of the applications it is for, such as /shop.",
          Setting.CONTEXTS.key());
      return Set.of();
    }
  }
}
