package io.anynode.captcha.server;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a worker process: one embedded Tomcat that serves the unpacked WAR.
 *
 * <p>It talks with its parent over the standard streams. In come the settings, in {@link
 * DataInputStream}'s form: how many, then keys and values; then nothing more, and the end of the
 * stream is the end of the parent, and of this process. Out goes a line: {@value #READY} and the
 * port, or {@value #FAILED} and why; then {@value #ALIVE} each second. Logs go to standard error.
 */
public final class Worker {

  static final String READY = "ready ";
  static final String FAILED = "failed ";
  static final String ALIVE = "alive";

  private Worker() {}

  /**
   * Serves until the parent or a signal ends it.
   *
   * @param arguments the worker's name, its port or 0, the unpacked WAR, a folder for Tomcat's
   *     work, where the application's endpoints are, and the log level
   */
  public static void main(String[] arguments) throws IOException {
    run(
        arguments,
        () -> {
          ServedBy valve = new ServedBy(arguments[0], arguments[4]);
          return serve(
              valve,
              arguments[1],
              Path.of(arguments[3]),
              tomcat -> application(tomcat, Path.of(arguments[2])));
        });
  }

  /** Starts to serve, and tells on which port. */
  public interface Server {
    /** Starts. */
    int start() throws LifecycleException;
  }

  /**
   * What the main method of a worker's process does: reads the settings, serves, and goes on until
   * the parent or a signal ends it.
   *
   * @param arguments as {@link WorkerProcess} gives them
   * @param server is started once the settings are system properties
   */
  public static void run(String[] arguments, Server server) throws IOException {
    PrintStream parent = System.out;
    // A print of the application's must not be taken for ours.
    System.setOut(System.err);
    log(arguments[5]);
    try (DataInputStream in = new DataInputStream(System.in)) {
      for (int count = in.readInt(); count > 0; count--) {
        System.setProperty(in.readUTF(), in.readUTF());
      }
      FirstFault fault = FirstFault.install();
      try {
        parent.println(READY + server.start());
      } catch (LifecycleException | RuntimeException e) {
        parent.println(FAILED + fault.orElse(e));
        Runtime.getRuntime().halt(1);
      }
      fault.remove();
      beat(parent);
      while (in.read() >= 0) {
        // The parent says nothing more; only the end of the stream counts.
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Starts a Tomcat that listens on {@link WorkerProcess#HOST}.
   *
   * @param valve names the worker
   * @param port what it listens on, 0 for any
   * @param work a folder of its own
   * @param application adds the application
   * @return the port
   */
  public static int serve(
      ServedBy valve, String port, Path work, Function<Tomcat, Context> application)
      throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(work.toString());
    return serve(tomcat, valve, port, application);
  }

  /**
   * Starts a Tomcat that was set up otherwise.
   *
   * @param tomcat has its folder, and no connector
   * @param valve names the worker
   * @param port what it listens on, 0 for any
   * @param application adds the application
   * @return the port
   */
  public static int serve(
      Tomcat tomcat, ServedBy valve, String port, Function<Tomcat, Context> application)
      throws LifecycleException {
    Connector connector = new Connector();
    connector.setPort(Integer.parseInt(port));
    connector.setProperty("address", WorkerProcess.HOST);
    // The front door's connections: closing an idle one could cross with a POST on its way.
    connector.setProperty("keepAliveTimeout", "-1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("maxThreads", "64");
    // Without it a taken port is a line in the log and a server that hears nothing.
    connector.setThrowOnFailure(true);
    tomcat.setConnector(connector);
    tomcat.getEngine().getPipeline().addValve(valve);

    Context context = application.apply(tomcat);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat), "worker-end"));
    tomcat.start();
    if (context.getState() != LifecycleState.STARTED) {
      throw new LifecycleException("the application did not start");
    }
    return connector.getLocalPort();
  }

  private static Context application(Tomcat tomcat, Path unpacked) {
    Context context = tomcat.addWebapp("", unpacked.toString());
    if (context instanceof StandardContext standard) {
      standard.setUnpackWAR(false);
    }
    return context;
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      // It ends anyway; what went wrong is in its log.
    }
  }

  private static void beat(PrintStream parent) {
    var unused =
        Executors.newSingleThreadScheduledExecutor(
                work -> {
                  Thread daemon = new Thread(work, "worker-alive");
                  daemon.setDaemon(true);
                  return daemon;
                })
            .scheduleWithFixedDelay(() -> parent.println(ALIVE), 1, 1, TimeUnit.SECONDS);
  }

  private static void log(String level) throws IOException {
    String configuration =
        """
        handlers = java.util.logging.ConsoleHandler
        .level = %s
        java.util.logging.ConsoleHandler.level = ALL
        java.util.logging.SimpleFormatter.format = %%1$tT %%4$s %%3$s: %%5$s%%6$s%%n
        org.apache.catalina.util.SessionIdGeneratorBase.level = SEVERE
        """
            .formatted(level);
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
  }

  /** Tomcat logs why an application does not start, and says only that it did not. */
  private static final class FirstFault extends Handler {

    private static final Logger ROOT = Logger.getLogger("");

    private @Nullable Throwable first;

    static FirstFault install() {
      FirstFault fault = new FirstFault();
      ROOT.addHandler(fault);
      return fault;
    }

    void remove() {
      ROOT.removeHandler(this);
    }

    synchronized String orElse(Throwable other) {
      Throwable root = first != null ? first : other;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String message = root.getMessage();
      return (message != null ? message : root.toString()).replaceAll("\\R+", " | ");
    }

    @Override
    public synchronized void publish(LogRecord line) {
      if (first == null && line.getThrown() != null) {
        first = line.getThrown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
