package io.anynode.captcha.bench;

import io.anynode.captcha.bench.node.Node;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of one node, as its parent sees it: see {@link Node}. */
final class NodeProcess implements AutoCloseable {

  /**
   * The same for all: what a small server is started with, and what makes runs alike. The heap's
   * pages are there from the start, or those who have allocated less so far pay for more of them
   * while it counts. Compilers' threads stay when they have nothing to do, so that their time can be
   * read.
   */
  static final List<String> JVM_FLAGS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseG1GC",
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "-Djava.awt.headless=true");

  private final Process process;
  private final Path log;
  private final BufferedReader in;
  private final BufferedWriter out;
  private int port;

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.in = process.inputReader();
    this.out = process.outputWriter();
  }

  static NodeProcess start(Nodes.Kind kind, Path folder) throws IOException {
    Path log = Files.createDirectories(folder).resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(kind.flags());
    if (Boolean.getBoolean("profile")) {
      command.add("-Xlog:jfr+startup=off");
      command.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
              + folder.resolve("node.jfr"));
    }
    command.addAll(List.of("-cp", kind.classPath(), Node.class.getName()));
    command.addAll(List.of(kind.application(), folder.toString()));
    NodeProcess node =
        new NodeProcess(
            new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    for (Map.Entry<String, String> setting : kind.settings().entrySet()) {
      node.out.write(setting.getKey() + "=" + setting.getValue() + "\n");
    }
    node.out.newLine();
    node.out.flush();
    return node;
  }

  void awaitPort() throws IOException {
    String line = answer();
    if (!line.startsWith(Node.READY)) {
      throw new IOException("not what a node says: " + line);
    }
    port = Integer.parseInt(line.substring(Node.READY.length()));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** What it answers to a question that has a number for an answer. */
  long ask(String question) throws IOException {
    out.write(question);
    out.newLine();
    out.flush();
    return Long.parseLong(answer());
  }

  private String answer() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("a node ended; its log is " + log);
    }
    return line;
  }

  @Override
  public void close() {
    try {
      out.close(); // which it takes for its end
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        Process unused = process.destroyForcibly();
      }
    } catch (IOException e) {
      // It has ended already.
    } catch (InterruptedException e) {
      Process unused = process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
