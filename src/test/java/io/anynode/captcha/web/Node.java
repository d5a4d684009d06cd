package io.anynode.captcha.web;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.http.fileupload.FileUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** A real Tomcat on a port of its own, with the captcha before an application. */
final class Node implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final Path base;

  /** The node's settings. */
  final Settings settings;

  private Node(Settings settings) {
    this.settings = settings;
    try {
      this.base = Files.createTempDirectory("captcha-node");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings as the properties say; each is {@code key=value}, without {@code captcha.}. */
  static Settings settings(String... properties) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("captcha.session.store", "memory");
    map.put("captcha.secret", Peek.SECRET);
    for (String property : properties) {
      int equals = property.indexOf('=');
      map.put("captcha." + property.substring(0, equals), property.substring(equals + 1));
    }
    StandardEnvironment environment =
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {
            sources.addLast(new MapPropertySource("test", map));
          }
        };
    return SettingsReader.read(environment);
  }

  /**
   * Starts a node.
   *
   * @param application adds servlets and pages to an application at the root
   */
  static Node start(
      Settings settings, SessionStore store, Clock clock, Consumer<Context> application) {
    return start(settings, alone -> store, clock, application, "");
  }

  /**
   * Starts a node with several applications.
   *
   * @param opener opens the store of an application with its settings
   * @param application adds servlets and pages to each of them
   * @param paths where they are; empty for the root
   */
  static Node start(
      Settings settings,
      Function<Settings, SessionStore> opener,
      Clock clock,
      Consumer<Context> application,
      String... paths) {
    Node node = new Node(settings);
    List<Context> contexts = new ArrayList<>();
    for (String path : paths) {
      Settings own = settings.in(path);
      Context context = node.context(path, node.folder("pages" + path).toString());
      application.accept(context);
      context.addServletContainerInitializer(
          new CaptchaInitializer(ignored -> new CaptchaApplication(own, opener.apply(own), clock)),
          null);
      Tomcat.initWebappDefaults(context);
      contexts.add(context);
    }
    node.start();
    if (contexts.stream().anyMatch(context -> context.getState() != LifecycleState.STARTED)) {
      node.close();
      throw new IllegalStateException("The application did not start.");
    }
    return node;
  }

  /**
   * Starts a node with the demo, as a container would: it finds the captcha and reads its settings
   * by itself.
   *
   * @param properties context parameters; each is {@code key=value}, without {@code captcha.}
   */
  static Node startDemo(String... properties) {
    Node node = new Node(settings(properties));
    node.prepare();
    Context context = node.tomcat.addWebapp("", new File("webapp").getAbsolutePath());
    Pages.enableTags(context);
    // Tomcat finds one as well, which takes itself for the container's own and keeps out.
    context.addServletContainerInitializer(new CaptchaInitializer(CaptchaApplication::open), null);
    for (String property : properties) {
      int equals = property.indexOf('=');
      context.addParameter(
          "captcha." + property.substring(0, equals), property.substring(equals + 1));
    }
    node.start();
    return node;
  }

  /** Where the node listens. */
  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** The URL of a path on this node. */
  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  private void prepare() {
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "65536");
    tomcat.getConnector().setThrowOnFailure(true);
    tomcat.setSilent(true);
    tomcat.getHost().setAppBase(folder("webapps").toString());
  }

  private Context context(String path, String pages) {
    prepare();
    StandardContext context = (StandardContext) tomcat.addContext(path, pages);
    context.setClearReferencesThreadLocals(false); // needs JVM options that tests do not have
    context.setClearReferencesRmiTargets(false);
    return context;
  }

  private File folder(String name) {
    File folder = base.resolve(name).toFile();
    if (!folder.isDirectory() && !folder.mkdirs()) {
      throw new IllegalStateException("No folder " + folder);
    }
    return folder;
  }

  private void start() {
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      System.clearProperty("catalina.home"); // else the next Tomcat makes this folder again
      FileUtils.deleteDirectory(base.toFile());
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
