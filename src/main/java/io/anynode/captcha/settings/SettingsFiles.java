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
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;

/** Adds properties files, in UTF-8, to the places that settings come from: the earlier one wins. */
public final class SettingsFiles {

  private SettingsFiles() {}

  /**
   * Adds the file that {@code captcha.config} names, if it is set by then.
   *
   * @throws SettingsException if it is set and there is no such file, or it cannot be read
   */
  public static void addConfigured(ConfigurableEnvironment environment) {
    String config = environment.getProperty(Setting.CONFIG.key());
    if (config == null || config.isBlank()) {
      return;
    }
    Path file;
    try {
      file = Path.of(config.strip());
    } catch (InvalidPathException e) {
      throw wrong(config, "is no path");
    }
    if (!Files.isRegularFile(file)) {
      throw wrong(config, "is not there, or is no file");
    }
    addIfPresent(environment, file);
  }

  /**
   * Adds a file, or nothing if it is not there.
   *
   * @throws SettingsException if it is there and cannot be read
   */
  public static void addIfPresent(ConfigurableEnvironment environment, Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      add(environment, file.toString(), in);
    } catch (IOException e) {
      throw new SettingsException(
          List.of("the file " + file + " cannot be read; let this process read it, or remove it"));
    }
  }

  /**
   * Adds what a stream holds.
   *
   * @param name what errors call it
   * @param in properties in UTF-8; left open
   * @throws SettingsException if it is not of a properties file's form
   */
  public static void add(ConfigurableEnvironment environment, String name, InputStream in)
      throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          List.of(name + " has a malformed \\u escape; write the character itself, in UTF-8"));
    }
    environment.getPropertySources().addLast(new PropertiesPropertySource(name, properties));
  }

  private static SettingsException wrong(String config, String what) {
    return new SettingsException(
        List.of(
            Setting.CONFIG.key()
                + " is '"
                + Values.printable(config)
                + "', which "
                + what
                + "; allowed is "
                + Setting.CONFIG.allowed()));
  }
}
