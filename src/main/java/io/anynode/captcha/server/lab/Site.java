package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.StartFailure;
import io.anynode.captcha.server.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One row's workers behind its front. For one thread. */
final class Site implements Running.Part {

  private static final Duration START = Duration.ofSeconds(60);

  /**
   * A worker that answers.
   *
   * @param name as it names itself in its responses
   * @param url its own address, behind the front's back
   */
  record Node(String name, URI url) {

    /** A worker on a port of {@link WorkerProcess#HOST}. */
    static Node on(String name, int port) {
      return new Node(name, URI.create("http://" + WorkerProcess.HOST + ":" + port + "/"));
    }
  }

  private final WorkerProcess.Plan plan;
  private final Map<String, String> settings;
  private final Front front;
  private final Map<Node, WorkerProcess> nodes = new LinkedHashMap<>();
  private int started;

  private Site(WorkerProcess.Plan plan, Map<String, String> settings, Front front) {
    this.plan = plan;
    this.settings = settings;
    this.front = front;
  }

  /**
   * Starts workers, and has the front know them.
   *
   * @param settings each worker's, but for its name
   * @param front is closed with the site
   */
  static Site start(int workers, WorkerProcess.Plan plan, Map<String, String> settings, Front front)
      throws InterruptedException {
    Site site = new Site(plan, settings, front);
    try {
      List<Node> ready = new ArrayList<>();
      // Those that start at once ask each other for sessions, and may wait for that for a minute.
      int atOnce = Replication.isIn(settings) ? 1 : workers;
      while (ready.size() < workers) {
        ready.addAll(site.startNodes(atOnce));
      }
      site.front.add(ready);
      return site;
    } catch (StartFailure | InterruptedException e) {
      site.close();
      throw e;
    }
  }

  /** Where visitors come in. */
  URI url() {
    return front.url();
  }

  Front front() {
    return front;
  }

  /** The workers that are there. */
  List<Node> nodes() {
    return List.copyOf(nodes.keySet());
  }

  /** Ends a worker's process at once, and waits until it is gone. */
  void kill(Node node) throws InterruptedException {
    WorkerProcess process = nodes.remove(node);
    if (process != null) {
      process.kill();
      process.awaitEndOrKill(START);
    }
    front.remove(node);
  }

  /** Starts one more worker, and has the front know it. */
  void addOne() throws InterruptedException {
    front.add(startNodes(1));
  }

  private List<Node> startNodes(int count) throws InterruptedException {
    Map<String, WorkerProcess> starting = new TreeMap<>();
    List<Node> ready = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        String name = "worker-" + ++started;
        Map<String, String> own = new TreeMap<>(settings);
        own.put("captcha.node", name);
        starting.put(name, WorkerProcess.start(plan, name, 0, own));
      }
      for (Map.Entry<String, WorkerProcess> worker : starting.entrySet()) {
        Node node = Node.on(worker.getKey(), worker.getValue().awaitPort(START));
        nodes.put(node, worker.getValue());
        ready.add(node);
      }
      return ready;
    } catch (IOException e) {
      starting.values().forEach(WorkerProcess::kill);
      throw StartFailure.failed("A worker cannot be started: " + e.getMessage(), e);
    } catch (StartFailure | InterruptedException e) {
      starting.values().forEach(WorkerProcess::kill);
      throw e;
    }
  }

  /** Nothing of a worker of the lab's is worth an orderly end. */
  @Override
  public void close() {
    front.close();
    nodes.values().forEach(WorkerProcess::kill);
    nodes.clear();
  }
}
