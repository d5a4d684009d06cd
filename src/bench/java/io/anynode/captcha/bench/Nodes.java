package io.anynode.captcha.bench;

import io.anynode.captcha.bench.node.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Some nodes, each a process, that serve one application. For one thread. */
public final class Nodes implements AutoCloseable {

  private final List<NodeProcess> nodes = new ArrayList<>();

  private Nodes() {}

  /**
   * What a node is.
   *
   * @param application the name of one of {@link io.anynode.captcha.bench.node.Application}
   * @param classPath what its process runs on
   * @param settings its system properties
   * @param flags of its JVM, beside those that all have
   */
  public record Kind(
      String application, String classPath, Map<String, String> settings, List<String> flags) {

    /**
     * The same with only the first of the JIT's compilers, which has done its work within seconds:
     * slower code, but all of it is compiled when a short measuring begins.
     */
    Kind compiledAtOnce() {
      return new Kind(application, classPath, settings, List.of("-XX:TieredStopAtLevel=1"));
    }

    /**
     * Ours, on this process' own class path: all is as its defaults have it, but for the test mode,
     * since the generator reads no pictures, and the proxy that is believed about who asks.
     *
     * @param store the {@code captcha.} settings of the store
     */
    public static Kind ours(Map<String, String> store) {
      Map<String, String> settings = new TreeMap<>(store);
      settings.put("captcha.contexts", "/");
      settings.put("captcha.protect.login.path", "/login");
      settings.put("captcha.test-mode", "true");
      settings.put("captcha.trusted-proxies", "127.0.0.1");
      return of("ours", settings);
    }

    /** On this process' own class path. */
    static Kind of(String application, Map<String, String> settings) {
      return new Kind(application, ownClassPath(), settings, List.of());
    }

    /** Without the API that is compiled against: Tomcat brings a newer one. */
    static String ownClassPath() {
      return Arrays.stream(
              System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .filter(entry -> !entry.contains("jakarta.servlet-api"))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /**
   * Starts them, and waits until all serve.
   *
   * @param folder each gets one in it, with its log
   */
  public static Nodes start(Kind kind, int count, Path folder) throws IOException {
    Nodes nodes = new Nodes();
    try {
      for (int i = 1; i <= count; i++) {
        nodes.nodes.add(NodeProcess.start(kind, folder.resolve("node-" + i)));
      }
      for (NodeProcess node : nodes.nodes) {
        node.awaitPort();
      }
      return nodes;
    } catch (IOException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /** Where they listen on 127.0.0.1. */
  public List<Integer> ports() {
    return nodes.stream().map(NodeProcess::port).toList();
  }

  /** Their processes, for {@link CpuTime}. */
  public List<Long> pids() {
    return nodes.stream().map(NodeProcess::pid).toList();
  }

  /** What all have allocated since they started, in bytes. */
  public long allocated() throws IOException {
    return sum(Node.ALLOCATED);
  }

  /** What is in use of all heaps after a collection, in bytes. */
  public long live() throws IOException {
    return sum(Node.LIVE);
  }

  private long sum(String question) throws IOException {
    long sum = 0;
    for (NodeProcess node : nodes) {
      sum += node.ask(question);
    }
    return sum;
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }
}
