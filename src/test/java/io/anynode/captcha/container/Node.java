package io.anynode.captcha.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What one node is to be: its applications, the jars in its container's library folder, the
 * captcha's settings.
 */
public final class Node {

  private final Path folder;
  private final int port = freePort();
  private final List<Path> wars = new ArrayList<>();
  private final List<Path> javaxWars = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();
  private final Map<String, String> settings = new TreeMap<>();

  /** A node in a new folder within {@code target}. */
  public Node() {
    try {
      Path nodes = Files.createDirectories(Path.of("target", "nodes").toAbsolutePath());
      folder = Files.createTempDirectory(nodes, "node-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an application: its file's name is its context path. */
  public Node war(Path war) {
    wars.add(war);
    return this;
  }

  /** Adds an application of the {@code javax} age, where the container translates those. */
  public Node javaxWar(Path war) {
    javaxWars.add(war);
    return this;
  }

  /** Adds a jar to the container's own library folder. */
  public Node library(Path jar) {
    libraries.add(jar);
    return this;
  }

  /** Adds a setting of the captcha, to the file that {@code captcha.config} names. */
  public Node setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Adds settings. */
  public Node settings(Map<String, String> more) {
    settings.putAll(more);
    return this;
  }

  /** Where it is laid out. */
  public Path folder() {
    return folder;
  }

  /** The free port that it listens on, at 127.0.0.1. */
  public int port() {
    return port;
  }

  List<Path> wars() {
    return wars;
  }

  List<Path> javaxWars() {
    return javaxWars;
  }

  List<Path> libraries() {
    return libraries;
  }

  /**
   * The JVM's options: a small and quickly started one, which knows the settings' file.
   *
   * @param heap the most memory, such as {@code 256m}
   */
  List<String> jvmOptions(String heap) throws IOException {
    List<String> options =
        new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + heap));
    options.add("-Djava.awt.headless=true");
    options.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    options.add("-Dcaptcha.config=" + settingsFile());
    return options;
  }

  private Path settingsFile() throws IOException {
    Properties all = new Properties();
    all.putAll(settings);
    Path file = folder.resolve("captcha.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      all.store(out, null);
    }
    return file;
  }

  /** Copies files into a folder, which is made. */
  static void copyInto(Path folder, List<Path> files) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
