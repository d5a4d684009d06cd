package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.FrontDoor;
import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.WorkerProcess;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** What stands before the workers and chooses among them. */
interface Front extends Running.Part {

  /** Its name in the table. */
  String name();

  /** Where it listens, once it does. */
  URI url();

  /** Is told of workers that are there from now on. */
  void add(List<Site.Node> nodes);

  /** Is told that a worker's process has ended, as the cluster's front door is. */
  void remove(Site.Node node);

  /** The front door of the cluster, which goes the ways of all rows. */
  final class Builtin implements Front {

    private final FrontDoor door;
    private final URI url;

    private Builtin(FrontDoor door) {
      this.door = door;
      this.url = URI.create("http://" + WorkerProcess.HOST + ":" + door.open() + "/");
    }

    /** Listens on a free port. */
    static Builtin open(Way way) {
      try {
        InetAddress own = InetAddress.getAllByName(WorkerProcess.HOST)[0];
        return new Builtin(new FrontDoor(own, 0, Ways.of(way)));
      } catch (UnknownHostException e) {
        throw new IllegalStateException("It is an address, not a name.", e);
      }
    }

    @Override
    public String name() {
      return "builtin";
    }

    @Override
    public URI url() {
      return url;
    }

    @Override
    public void add(List<Site.Node> nodes) {
      nodes.forEach(node -> door.add(node.name(), node.url().getPort()));
    }

    @Override
    public void remove(Site.Node node) {
      door.remove(node.name());
    }

    @Override
    public void close() {
      door.close();
    }
  }
}
