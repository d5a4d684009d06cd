package io.anynode.captcha.web;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealRedis;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The WAR, deployed and undeployed ten times: nothing of it stays. */
class RedeployIT {

  private static final int TIMES = 10;

  /** Where Tomcat says what it had to clear away after an application. */
  private static final Logger LOADER_LOG =
      Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

  @ParameterizedTest
  @ValueSource(strings = {"file", "jdbc", "redis"})
  void nothingStaysOfAnApplicationThatIsGone(String store, @TempDir Path folder) {
    String[] properties = {
      "session.store=" + store,
      "session.file.dir=" + folder,
      "session.redis.uri=" + (store.equals("redis") ? RealRedis.singleUri() : "redis://unused"),
      "session.redis.namespace=redeploy",
      "protect.login.on-failure=status:422",
      "metrics=prometheus"
    };
    List<WeakReference<ClassLoader>> gone = new ArrayList<>();
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler listener = listener(warnings);
    LOADER_LOG.addHandler(listener);
    try (Container container = Container.start()) {
      gone.add(deployUseAndUndeploy(container, properties)); // the JDK starts threads of its own
      Set<Thread> before = threads();
      for (int i = 1; i < TIMES; i++) {
        gone.add(deployUseAndUndeploy(container, properties));
      }
      forgetTheLastRecord();
      await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(left(before)).isEmpty();
                assertThat(gone).allMatch(loader -> loader.refersTo(null));
                assertThat(container.leaks()).isEmpty();
              });
      // Threads are counted above: one that is just ending is no leak, but Tomcat names it too.
      assertThat(warnings).noneMatch(warning -> warning.contains("JDBC"));
    } finally {
      LOADER_LOG.removeHandler(listener);
    }
  }

  @Test
  void theWarFileItselfShowsItsLoginPage() {
    try (Container container = Container.start()) {
      Container.Deployed application =
          container.deploy(Path.of("target/captcha.war"), "session.store=memory");
      HttpResponse<String> page = new Browser().get(application.url("/login.jsp"));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("src=\"/app/captcha/");
      container.undeploy(application);
    }
  }

  /**
   * Java 17 keeps the last class whose record's equals, hashCode or toString was called for the
   * first time, in the one place that java.lang.runtime.ObjectMethods has for each; until the next
   * one takes that place. So it keeps one application at most, however many come and go.
   */
  private static void forgetTheLastRecord() {
    URL[] tests = {RedeployIT.class.getProtectionDomain().getCodeSource().getLocation()};
    try (URLClassLoader fresh = new URLClassLoader(tests, ClassLoader.getPlatformClassLoader())) {
      Constructor<?> inner = constructor(fresh, Inner.class);
      Constructor<?> outer = constructor(fresh, Outer.class);
      Object one = outer.newInstance(inner.newInstance(1));
      Object other = outer.newInstance(inner.newInstance(1));
      assertThat(one.equals(other)).isTrue();
      assertThat(one.hashCode()).isEqualTo(other.hashCode());
      assertThat(one.toString()).isEqualTo(other.toString());
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  record Inner(int value) {}

  record Outer(Inner inner) {}

  private static Constructor<?> constructor(ClassLoader fresh, Class<?> type)
      throws ReflectiveOperationException {
    Constructor<?> made = fresh.loadClass(type.getName()).getDeclaredConstructors()[0];
    made.setAccessible(true);
    return made;
  }

  private static WeakReference<ClassLoader> deployUseAndUndeploy(
      Container container, String... properties) {
    Container.Deployed application = container.deploy(Path.of("target/captcha"), properties);
    try {
      Browser browser = new Browser();
      await()
          .pollInSameThread()
          .until(() -> browser.get(application.url("/captcha/health")).statusCode() == 200);
      assertThat(browser.get(application.url("/captcha/image")).statusCode()).isEqualTo(200);
      assertThat(browser.get(application.url("/captcha/metrics")).body())
          .contains("captcha_issued_total{kind=\"text\"} 1.0");
      HttpResponse<String> login =
          browser.send(
              browser
                  .request(application.url("/login"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("captcha-answer=0")));
      assertThat(login.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
      return new WeakReference<>(application.loader());
    } finally {
      container.undeploy(application);
    }
  }

  private static Handler listener(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
          warnings.add(line.getSourceMethodName() + ": " + line.getMessage());
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static Set<String> left(Set<Thread> before) {
    return threads().stream()
        .filter(thread -> !before.contains(thread))
        .map(thread -> thread.getName() + " " + Arrays.toString(thread.getStackTrace()))
        .filter(name -> !name.startsWith("http-nio") && !name.startsWith("HttpClient"))
        .collect(toSet());
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).collect(toSet());
  }
}
