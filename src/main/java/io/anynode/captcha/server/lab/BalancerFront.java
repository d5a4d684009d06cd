package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.StartFailure;
import io.anynode.captcha.server.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real balancer before the workers. It is told of new ones by a reload, as in production, and
 * finds out by itself who is gone.
 */
final class BalancerFront implements Front {

  /** A reload is done when it is done: neither program tells. */
  private static final long RELOAD_MILLIS = 700;

  private static final long END_SECONDS = 3;

  private final Balancer balancer;
  private final Way way;
  private final Path folder;
  private final int port;
  private final List<Site.Node> nodes = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private BalancerFront(Balancer balancer, Way way, Path folder, int port) {
    this.balancer = balancer;
    this.way = way;
    this.folder = folder;
    this.port = port;
  }

  /**
   * A front that starts when it is told of its first workers.
   *
   * @param parent gets a folder for its files
   */
  static BalancerFront of(Balancer balancer, Way way, Path parent) {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(parent), balancer.program());
      return new BalancerFront(balancer, way, folder, RedisServer.freePort());
    } catch (IOException e) {
      throw failed(balancer, e);
    }
  }

  @Override
  public String name() {
    return balancer.program();
  }

  @Override
  public URI url() {
    return URI.create("http://" + WorkerProcess.HOST + ":" + port + "/");
  }

  @Override
  public void add(List<Site.Node> more) {
    nodes.addAll(more);
    try {
      Path file = folder.resolve("captcha.conf");
      Files.writeString(file, balancer.configuration(way, nodes, port));
      switch (balancer) {
        case NGINX -> nginx(file);
        case HAPROXY -> haproxy(file);
      }
    } catch (IOException e) {
      close();
      throw failed(balancer, e);
    }
  }

  /** It finds out by itself; the next reload leaves it out. */
  @Override
  public void remove(Site.Node node) {
    nodes.remove(node);
  }

  /** In order first: a master that is killed leaves its workers behind. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    processes.clear();
  }

  private void nginx(Path file) throws IOException {
    Path main = folder.resolve("nginx.conf");
    if (processes.isEmpty()) {
      Files.writeString(
          main,
          """
          daemon off;
          worker_processes 1;
          pid nginx.pid;
          error_log error.log;
          events { worker_connections 1000; }
          http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              # The lab's own clients are believed about their addresses.
              set_real_ip_from 127.0.0.1;
              real_ip_header X-Forwarded-For;
              include %s;
          }
          """
              .formatted(file));
      start("-p", folder.toString(), "-c", main.toString());
    } else {
      run("-p", folder.toString(), "-c", main.toString(), "-s", "reload");
      pause();
    }
  }

  private void haproxy(Path file) throws IOException {
    if (processes.isEmpty()) {
      start("-db", "-f", file.toString());
    } else {
      Process old = processes.get(processes.size() - 1);
      start("-db", "-f", file.toString(), "-sf", Long.toString(old.pid()));
      pause();
    }
  }

  private void start(String... arguments) throws IOException {
    Process process = process(arguments);
    processes.add(process);
    RedisServer.awaitListening(process, port, balancer.program());
  }

  private void run(String... arguments) throws IOException {
    try {
      if (!process(arguments).waitFor(5, TimeUnit.SECONDS)) {
        throw new IOException("it does not reload");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(balancer.program()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(RELOAD_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static StartFailure failed(Balancer balancer, IOException cause) {
    return StartFailure.failed(
        balancer.program() + " cannot be started: " + cause.getMessage(), cause);
  }
}
