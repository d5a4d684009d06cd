package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.ServedBy;
import io.anynode.captcha.server.Worker;
import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.web.CaptchaInitializer;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * The main class of the lab's workers: an embedded Tomcat with a small application, guarded by the
 * captcha as a dropped-in one is.
 *
 * <p>Without pages, scans and JSPs a worker starts in a second; what is measured is the same filter
 * and the same store.
 */
public final class LabWorker {

  private LabWorker() {}

  /**
   * Serves until the parent or a signal ends it.
   *
   * @param arguments as the cluster's workers get them
   */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[3]);
    Worker.run(
        arguments,
        () -> {
          ServedBy valve = new ServedBy(arguments[0], arguments[4]);
          Replication replication = Replication.asTold(arguments[0]);
          return replication == null
              ? Worker.serve(
                  valve,
                  arguments[1],
                  work,
                  tomcat -> application(tomcat, work, captcha(arguments[0])))
              : Worker.serve(
                  replication.tomcat(work),
                  valve,
                  arguments[1],
                  tomcat -> replicated(tomcat, work));
        });
  }

  private static Context application(
      Tomcat tomcat, Path work, ServletContainerInitializer captcha) {
    Context context = tomcat.addContext("", work.toString());
    context.addServletContainerInitializer(captcha, Set.of());
    LabApplication.addTo(context);
    return context;
  }

  /** With the container's own sessions, and a captcha as applications write it over those. */
  private static Context replicated(Tomcat tomcat, Path work) {
    Context context = application(tomcat, work, SessionCaptcha.initializer());
    context.setDistributable(true);
    return context;
  }

  /** As in production, or over the lab's own store, which no setting of the captcha names. */
  private static CaptchaInitializer captcha(String name) {
    String file = System.getProperty(Kept.SHARED_FILE);
    if (file == null) {
      return new CaptchaInitializer();
    }
    Function<SessionSettings, SessionStore> store =
        settings ->
            SyncedStore.open(
                settings,
                new AttributeCodec(LabWorker.class.getClassLoader(), null),
                new SharedFile(Path.of(file), name),
                Boolean.getBoolean(Kept.READ_ON_MISS));
    return CaptchaInitializer.withStore(store);
  }
}
