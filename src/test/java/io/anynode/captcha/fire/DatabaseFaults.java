package io.anynode.captcha.fire;

import static io.anynode.captcha.fire.Fault.Kept.ALL;

import io.anynode.captcha.real.RealDatabase;
import io.anynode.captcha.real.RealH2;
import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.Tmpfs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The rows of databases. */
final class DatabaseFaults {

  private DatabaseFaults() {}

  static List<Fault> of(String name, Callable<RealDatabase> start) {
    Sql.Hog hog = new Sql.Hog();
    return List.of(
        databaseFault(
            name + " killed and restarted",
            start,
            (server, url) -> server.kill(),
            (server, url) -> server.startAgain(),
            10), // long enough for pauses that grow
        databaseFault(
            name + " ends all connections",
            start,
            (server, url) -> Sql.hangUp(url),
            (server, url) -> Sql.hangUp(url),
            2),
        databaseFault(
            name + " stopped (SIGSTOP) for 30 s",
            start,
            (server, url) -> server.pause(),
            (server, url) -> server.resume(),
            30),
        databaseFault(
            name + " out of connections",
            start,
            (server, url) -> hog.take(url),
            (server, url) -> hog.close(),
            5),
        databaseFault(
            name + " with deadlocks",
            start,
            (server, url) -> Sql.deadlock(url),
            (server, url) -> Sql.noMoreDeadlocks(url),
            8));
  }

  static Fault databaseFault(
      String name,
      Callable<RealDatabase> start,
      DatabaseScene.Act fault,
      DatabaseScene.Act end,
      int seconds) {
    return new Fault(name, () -> DatabaseScene.of(start.call(), fault, end), seconds, ALL);
  }

  static List<Fault> ofPostgres() {
    return List.of(deadlocksFound(), serializable());
  }

  /**
   * By default PostgreSQL looks for deadlocks after a second, when the captcha's statements are
   * over.
   */
  private static Fault deadlocksFound() {
    return new Fault(
        "PostgreSQL with deadlocks, looked for after 100 ms",
        () -> {
          RealPostgres server = RealPostgres.start();
          DatabaseScene scene =
              DatabaseScene.of(
                  server,
                  (itself, url) -> Sql.deadlock(url),
                  (itself, url) -> Sql.noMoreDeadlocks(url));
          server.findDeadlocksAfter(scene.url(), Duration.ofMillis(100));
          return scene;
        },
        8,
        ALL);
  }

  private static Fault serializable() {
    return databaseFault(
            "PostgreSQL with serialization failures",
            RealPostgres::start,
            (server, url) -> isolation(url, "SET default_transaction_isolation = 'serializable'"),
            (server, url) -> isolation(url, "RESET default_transaction_isolation"),
            8)
        .because("SERIALIZABLE; its connections are ended so that they take it");
  }

  private static void isolation(String url, String what) throws Exception {
    String name = url.replaceFirst(".*/([^?]*).*", "$1");
    Sql.run(url, "ALTER DATABASE " + name + " " + what);
    Sql.hangUp(url);
  }

  static List<Fault> ofH2() {
    return List.of(
        new Fault(
            "H2 server killed and restarted",
            () -> {
              RealH2 h2 = RealH2.start();
              return OneScene.of(
                  "jdbc",
                  Map.of("captcha.session.jdbc.url", h2.url()),
                  cluster -> h2.kill(),
                  cluster -> h2.startAgain(),
                  h2);
            },
            10,
            ALL),
        h2OnDisk("H2 server's disk full", (h2, disk) -> disk.fill(), (h2, disk) -> disk.free()),
        h2OnDisk(
            "H2 server restarted on a read-only disk, then on a writable one",
            (h2, disk) -> {
              h2.kill();
              disk.lock();
              h2.startAgain();
            },
            (h2, disk) -> {
              h2.kill();
              disk.unlock();
              h2.startAgain();
            }));
  }

  private interface OnDisk {
    void to(RealH2 h2, Tmpfs disk);
  }

  private static Fault h2OnDisk(String name, OnDisk fault, OnDisk end) {
    return new Fault(
        name,
        () -> {
          Tmpfs disk = Tmpfs.mount(128);
          RealH2 h2 = RealH2.start(disk.folder().resolve("h2"));
          return OneScene.of(
              "jdbc",
              Map.of("captcha.session.jdbc.url", h2.url()),
              cluster -> fault.to(h2, disk),
              cluster -> end.to(h2, disk),
              h2,
              disk);
        },
        5,
        ALL);
  }
}
