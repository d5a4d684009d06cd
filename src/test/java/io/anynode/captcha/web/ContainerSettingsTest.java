package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ContextEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places that a container has for settings, read in a real one. */
class ContainerSettingsTest {

  private static final List<String> PROPERTIES = List.of("captcha.length", "captcha.max-open");

  @TempDir Path base;

  private @Nullable String baseBefore;

  @BeforeEach
  void remember() {
    baseBefore = System.getProperty("catalina.base");
  }

  @AfterEach
  void forget() {
    PROPERTIES.forEach(System::clearProperty);
    if (baseBefore == null) {
      System.clearProperty("catalina.base");
    } else {
      System.setProperty("catalina.base", baseBefore);
    }
  }

  @Test
  void eachPlaceCountsBeforeTheNext() throws Exception {
    Path named =
        file("named.properties", "captcha.length=6", "captcha.max-open=6", "captcha.ttl=6m");
    file("conf/captcha.properties", "captcha.length=5", "captcha.ttl=5m", "captcha.prefix=/five");
    file(
        "app/WEB-INF/captcha.properties",
        "captcha.length=4",
        "captcha.prefix=/four",
        "captcha.kind=sum");
    System.setProperty("captcha.length", "7");
    System.setProperty("captcha.max-open", "7");

    Settings settings =
        read(
            Map.of("captcha.config", named.toString(), "captcha.node", "parameter"),
            Map.of("captcha.length", "8", "captcha.node", "jndi"));

    assertThat(settings.node()).isEqualTo("parameter");
    assertThat(settings.challenge().length()).isEqualTo(8);
    assertThat(settings.challenge().maxOpen()).isEqualTo(7);
    assertThat(settings.challenge().ttl()).hasMinutes(6);
    assertThat(settings.web().prefix()).isEqualTo("/five");
    assertThat(settings.challenge().kind()).isEqualTo(Settings.Kind.SUM);
  }

  @Test
  void aGuardMayBeSetInJndiAlone() throws Exception {
    Settings settings = read(Map.of(), Map.of("captcha.protect.login.path", "/login"));

    assertThat(settings.guards()).extracting(Guard::path).containsExactly("/login");
  }

  @Test
  void theErrorsOfAllPlacesAreToldTogether() throws Exception {
    file("app/WEB-INF/captcha.properties", "captcha.node=\\u00zz");
    Map<String, String> parameters =
        Map.of("captcha.session.store", "redis", "captcha.session.redis.uri", "redis://:p@/x");

    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> read(parameters, Map.of("captcha.lenght", "5")));

    assertThat(refused.errors())
        .hasSize(3)
        .anySatisfy(e -> assertThat(e).contains("/WEB-INF/captcha.properties", "malformed"))
        .anySatisfy(e -> assertThat(e).contains("captcha.lenght in JNDI", "captcha.length"))
        .anySatisfy(e -> assertThat(e).contains("captcha.session.redis.uri").doesNotContain(":p@"));
  }

  private Path file(String path, String... lines) throws Exception {
    Path file = base.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, List.of(lines));
  }

  /** Starts an application that has these, and reads as its initializer would. */
  private Settings read(Map<String, String> parameters, Map<String, String> jndi) throws Exception {
    Files.createDirectories(base.resolve("app"));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.setSilent(true);
    tomcat.enableNaming();
    Context context = tomcat.addContext("", base.resolve("app").toString());
    parameters.forEach(context::addParameter);
    jndi.forEach(
        (name, value) -> {
          ContextEnvironment entry = new ContextEnvironment();
          entry.setName(name);
          entry.setValue(value);
          entry.setType(String.class.getName());
          context.getNamingResources().addEnvironment(entry);
        });
    AtomicReference<Settings> settings = new AtomicReference<>();
    AtomicReference<SettingsException> refusal = new AtomicReference<>();
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          try {
            settings.set(ContainerSettings.read(servlets));
          } catch (SettingsException e) {
            refusal.set(e);
          }
        },
        null);
    try {
      tomcat.start();
    } finally {
      end(tomcat);
    }
    if (refusal.get() != null) {
      throw refusal.get();
    }
    return Objects.requireNonNull(settings.get());
  }

  private static void end(Tomcat tomcat) throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
