package io.anynode.captcha.bench.node;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * The main class of a node's process.
 *
 * <p>It is given the name of its {@link Application} and a folder, and on standard input its
 * settings, {@code key=value} by the line, which become system properties, and an empty line. It
 * answers with {@value #READY} and its port. Then each {@value #ALLOCATED} is answered with the bytes
 * that its threads have allocated so far, and each {@value #LIVE} with those that are in use after a
 * collection. The end of the input is its end.
 */
public final class Node {

  /** What it says when it serves, before the port. */
  public static final String READY = "ready ";

  /** Asks for the bytes that were allocated. */
  public static final String ALLOCATED = "allocated";

  /** Asks for the bytes that are in use. */
  public static final String LIVE = "live";

  private Node() {}

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws IOException, LifecycleException {
    PrintStream parent = System.out;
    System.setOut(System.err);
    Logger.getLogger("").setLevel(Level.WARNING);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int equals = line.indexOf('=');
        System.setProperty(line.substring(0, equals), line.substring(equals + 1));
      }
      parent.println(READY + serve(Application.named(arguments[0]), Path.of(arguments[1]).toAbsolutePath()));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        parent.println(line.equals(ALLOCATED) ? allocated() : live());
      }
    }
    System.exit(0); // and not halt: a recording is written at the end
  }

  private static int serve(Application application, Path work) throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(work.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    // As behind a balancer: its connections stay.
    connector.setProperty("keepAliveTimeout", "-1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setThrowOnFailure(true);
    tomcat.setConnector(connector);
    Context context = application.addTo(tomcat, work);
    tomcat.start();
    if (context.getState() != LifecycleState.STARTED) {
      throw new LifecycleException("the application did not start");
    }
    return connector.getLocalPort();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private static long live() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
