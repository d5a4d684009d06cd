package io.anynode.captcha.web;

import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import io.anynode.captcha.settings.SettingsFiles;
import io.anynode.captcha.settings.SettingsReader;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jndi.JndiTemplate;

/**
 * The settings of one application, from a container's usual places. The first that has a key wins:
 * context parameters, JNDI ({@code java:comp/env}), system properties, environment variables, the
 * file that {@code captcha.config} names, {@code captcha.properties} in the container's {@code
 * conf} folder, and the same in {@code WEB-INF}.
 */
final class ContainerSettings {

  private static final String FILE = "captcha.properties";
  private static final String ENTRIES = "java:comp/env";
  private static final String IN_APPLICATION = "/WEB-INF/" + FILE;

  /** What Open Liberty says without a JNDI feature; it has no exception of its own for that. */
  private static final String NO_JNDI_FEATURE = "CWWKE0800W";

  /** Where containers say that their own folder is: Tomcat and TomEE, Jetty. */
  private static final List<String> CONTAINER_FOLDERS = List.of("catalina.base", "jetty.base");

  private ContainerSettings() {}

  /**
   * Reads them.
   *
   * @throws SettingsException with every error there is
   */
  static Settings read(ServletContext context) {
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("JNDI", inJndi()));
    environment.getPropertySources().addFirst(new ContextParameters(context));
    addFiles(environment);
    try (InputStream in = context.getResourceAsStream(IN_APPLICATION)) {
      if (in != null) {
        SettingsFiles.add(environment, IN_APPLICATION, in);
      }
    } catch (IOException e) {
      throw new SettingsException(
          List.of(IN_APPLICATION + " cannot be read; mend the application's file"));
    }
    return SettingsReader.read(environment, SessionStores::errors);
  }

  /**
   * The entries of {@code java:comp/env} that begin like ours. They are listed, not looked up one
   * by one, since a guard's key has a name in it that nobody knows before.
   */
  private static Map<String, Object> inJndi() {
    JndiTemplate jndi = new JndiTemplate();
    Map<String, Object> found = new TreeMap<>();
    try {
      List<NameClassPair> entries =
          Objects.requireNonNull(jndi.execute(names -> Collections.list(names.list(ENTRIES))));
      for (NameClassPair entry : entries) {
        if (entry.getName().startsWith("captcha.")) {
          found.put(entry.getName(), jndi.lookup(ENTRIES + "/" + entry.getName()).toString());
        }
      }
    } catch (NoInitialContextException | NameNotFoundException e) {
      return Map.of(); // a container, or an application, without entries
    } catch (NamingException e) {
      if (String.valueOf(e.getMessage()).startsWith(NO_JNDI_FEATURE)) {
        return Map.of();
      }
      throw new SettingsException(
          List.of(
              "The entries of java:comp/env cannot be listed ("
                  + e.getClass().getName()
                  + "); check the container's JNDI"));
    }
    return found;
  }

  /**
   * What does not come from an application: system properties, environment variables, the files of
   * {@code captcha.config} and of the container.
   */
  static PropertyResolver ofContainer() {
    ConfigurableEnvironment environment = new StandardEnvironment();
    addFiles(environment);
    return environment;
  }

  private static void addFiles(ConfigurableEnvironment environment) {
    SettingsFiles.addConfigured(environment);
    for (String folder : CONTAINER_FOLDERS) {
      String base = System.getProperty(folder);
      if (base != null) {
        SettingsFiles.addIfPresent(environment, Path.of(base, "conf", FILE));
      }
    }
  }

  /** The {@code context-param}s of {@code web.xml} and of the container's context file. */
  private static final class ContextParameters extends EnumerablePropertySource<ServletContext> {

    ContextParameters(ServletContext context) {
      super("context parameters", context);
    }

    @Override
    public String[] getPropertyNames() {
      return Collections.list(source.getInitParameterNames()).toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
      return source.getInitParameter(name);
    }
  }
}
