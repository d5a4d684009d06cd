package io.anynode.captcha.bench;

import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.web.CaptchaInitializer;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.springframework.util.FileSystemUtils;

/** A Tomcat in this process, with the captcha before an application, as a container has it. */
final class EmbeddedNode implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final Path base;
  private final Context context;

  private EmbeddedNode(Consumer<Context> application, String... settings) {
    try {
      base = Files.createTempDirectory("bench-node-");
      tomcat.setBaseDir(base.toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      tomcat.getConnector().setThrowOnFailure(true);
      tomcat.setSilent(true);
      tomcat.getHost().setAppBase(Files.createDirectory(base.resolve("webapps")).toString());
      context = tomcat.addContext("", Files.createDirectory(base.resolve("pages")).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      context.addParameter(setting.substring(0, equals), setting.substring(equals + 1));
    }
    application.accept(context);
    ClassLoader loader = EmbeddedNode.class.getClassLoader();
    context.addServletContainerInitializer(
        CaptchaInitializer.withStore(session -> SessionStores.open(session, base, loader)), null);
    Tomcat.initWebappDefaults(context);
  }

  /**
   * Starts one on a free port of 127.0.0.1.
   *
   * @param application adds servlets to the application at the root
   * @param settings each is {@code captcha.key=value}
   */
  static EmbeddedNode start(Consumer<Context> application, String... settings) {
    EmbeddedNode node = new EmbeddedNode(application, settings);
    try {
      node.tomcat.start();
      if (node.context.getState() != LifecycleState.STARTED) {
        throw new IllegalStateException("The application did not start; see the log.");
      }
    } catch (LifecycleException | RuntimeException e) {
      node.close();
      throw new IllegalStateException(e);
    }
    return node;
  }

  /**
   * Starts one with nothing but a store, which may be slow, and no limits.
   *
   * @param store the {@code captcha.} settings of the store
   */
  static EmbeddedNode forStore(Map<String, String> store) {
    Map<String, String> settings = new TreeMap<>(store);
    settings.putIfAbsent("captcha.session.jdbc.timeout", "10s");
    settings.putIfAbsent("captcha.session.redis.timeout", "10s");
    settings.put("captcha.rate.issue", "off");
    settings.put("captcha.rate.issue.network", "off");
    return start(
        context -> {},
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }

  /** Issues challenges, each in a session of its own, and leaves them open. */
  void leaveOpen(int count) {
    int threads = Math.min(count, 4);
    Together.run(
        threads,
        thread -> {
          int own = count / threads + (thread < count % threads ? 1 : 0);
          try {
            new LocalRounds(filter(), thread << 20).leaveOpen(own);
          } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** All filters of the captcha's, as one. */
  Filter filter() {
    return context.findFilterDef("io.anynode.captcha.filters").getFilter();
  }

  /** Where it listens. */
  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      boolean unused = FileSystemUtils.deleteRecursively(base);
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
