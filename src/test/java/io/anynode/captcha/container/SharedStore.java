package io.anynode.captcha.container;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Opens the nodes' store from the test, which reads the right answers there. */
final class SharedStore {

  private SharedStore() {}

  static SessionStore open(Map<String, String> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", new TreeMap<>(settings)));
    return SessionStores.open(
        SettingsReader.read(environment).session(),
        Path.of("target"),
        SharedStore.class.getClassLoader());
  }
}
