package io.anynode.captcha.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A Tomcat that knows itself and its API and nothing of the tests, into which WARs are dropped. */
final class Container implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final StandardHost host;
  private final Path base;

  private Container() throws IOException, LifecycleException {
    base = Files.createTempDirectory("captcha-container");
    Path webapps = Files.createDirectory(base.resolve("webapps"));
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setThrowOnFailure(true);
    tomcat.setSilent(true);
    host = (StandardHost) tomcat.getHost();
    host.setAppBase(webapps.toString());
    host.setParentClassLoader(new ContainersOwn(Container.class.getClassLoader()));
    tomcat.start();
  }

  /** Starts one on a free port. */
  static Container start() {
    try {
      return new Container();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An application that runs. */
  record Deployed(StandardContext context, int port) {

    URI url(String path) {
      return URI.create("http://127.0.0.1:" + port + context.getPath() + path);
    }

    ClassLoader loader() {
      return context.getLoader().getClassLoader();
    }
  }

  /**
   * Deploys a WAR.
   *
   * @param properties context parameters; each is {@code key=value}, without {@code captcha.}
   */
  Deployed deploy(Path war, String... properties) {
    StandardContext context = new StandardContext();
    context.setName("/app");
    context.setPath("/app");
    context.setDocBase(war.toAbsolutePath().toString());
    context.setClearReferencesThreadLocals(false); // needs JVM options that tests do not have
    context.setClearReferencesRmiTargets(false);
    StandardJarScanFilter nothing = new StandardJarScanFilter();
    nothing.setDefaultPluggabilityScan(false); // annotations and tags: there are none, in 40 jars
    nothing.setDefaultTldScan(false);
    nothing.setTldScan("anynode-captcha-*.jar"); // save ours
    context.getJarScanner().setJarScanFilter(nothing);
    context.addLifecycleListener(tomcat.getDefaultWebXmlListener());
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    context.addLifecycleListener(config);
    for (String property : properties) {
      int equals = property.indexOf('=');
      context.addParameter(
          "captcha." + property.substring(0, equals), property.substring(equals + 1));
    }
    host.addChild(context);
    if (context.getState() != LifecycleState.STARTED) {
      throw new IllegalStateException("The WAR did not start.");
    }
    return new Deployed(context, tomcat.getConnector().getLocalPort());
  }

  /** Undeploys an application. */
  void undeploy(Deployed application) {
    host.removeChild(application.context());
  }

  /** The applications that Tomcat itself finds to have left something behind. */
  List<String> leaks() {
    return Arrays.asList(host.findReloadedContextMemoryLeaks());
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      System.clearProperty("catalina.home"); // else the next Tomcat makes this folder again
      FileSystemUtils.deleteRecursively(base);
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all that the tests have, what a container has. */
  private static final class ContainersOwn extends ClassLoader {

    private static final List<String> OWN =
        List.of(
            "jakarta.servlet.",
            "jakarta.el.",
            "jakarta.annotation.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.el.",
            "org.apache.jasper.",
            "org.apache.juli.",
            "org.apache.naming.",
            "org.apache.tomcat.",
            "org.eclipse.jdt.");

    private final ClassLoader tests;

    ContainersOwn(ClassLoader tests) {
      super(ClassLoader.getPlatformClassLoader());
      this.tests = tests;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (OWN.stream().anyMatch(name::startsWith)) {
        return tests.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
      return Collections.list(findResources(name)).stream().findFirst().orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
      try {
        return Collections.enumeration(
            Collections.list(tests.getResources(name)).stream()
                .filter(
                    url -> url.getPath().contains("/tomcat-") || url.getPath().contains("/ecj-"))
                .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
