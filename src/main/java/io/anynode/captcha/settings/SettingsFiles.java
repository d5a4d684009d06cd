package io.anynode.captcha.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Adds properties files, in UTF-8, to the places that settings come from: the earlier one wins.
 *
 * <p>A file that cannot be read is told by {@link SettingsReader}, together with all other errors.
 */
public final class SettingsFiles {

  private SettingsFiles() {}

  /** Adds the file that {@code captcha.config} names, if it is set by then. */
  public static void addConfigured(ConfigurableEnvironment environment) {
    String config = environment.getProperty(Setting.CONFIG.key());
    if (config == null || config.isBlank()) {
      return;
    }
    Path file;
    try {
      file = Path.of(config.strip());
    } catch (InvalidPathException e) {
      addError(environment, wrong(config, "is no path"));
      return;
    }
    if (!Files.isRegularFile(file)) {
      addError(environment, wrong(config, "is not there, or is no file"));
      return;
    }
    addIfPresent(environment, file);
  }

  /** Adds a file, or nothing if it is not there. */
  public static void addIfPresent(ConfigurableEnvironment environment, Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      add(environment, file.toString(), in);
    } catch (IOException e) {
      addError(
          environment,
          "the file " + file + " cannot be read; let this process read it, or remove it");
    }
  }

  /**
   * Adds what a stream holds.
   *
   * @param name what errors call it
   * @param in properties in UTF-8; left open
   * @throws IOException if the stream does
   */
  public static void add(ConfigurableEnvironment environment, String name, InputStream in)
      throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      addError(
          environment, name + " has a malformed \\u escape; write the character itself, in UTF-8");
      return;
    }
    environment.getPropertySources().addLast(new PropertiesPropertySource(name, properties));
  }

  /** The errors of all files, one sentence each. */
  static List<String> errors(ConfigurableEnvironment environment) {
    return environment.getPropertySources().stream()
        .filter(Unreadable.class::isInstance)
        .map(PropertySource::getName)
        .toList();
  }

  private static void addError(ConfigurableEnvironment environment, String error) {
    environment.getPropertySources().addLast(new Unreadable(error));
  }

  private static String wrong(String config, String what) {
    return Setting.CONFIG.key()
        + " is '"
        + Values.printable(config)
        + "', which "
        + what
        + "; allowed is "
        + Setting.CONFIG.allowed();
  }

  /** Stands in for a file that has no settings to give, and bears its error as its name. */
  private static final class Unreadable extends PropertySource<String> {

    Unreadable(String error) {
      super(error, error);
    }

    @Override
    public @Nullable Object getProperty(String name) {
      return null;
    }
  }
}
