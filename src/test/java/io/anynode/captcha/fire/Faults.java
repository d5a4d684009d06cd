package io.anynode.captcha.fire;

import static io.anynode.captcha.fire.Fault.Kept.ALL;
import static io.anynode.captcha.fire.Fault.Kept.SOME;
import static io.anynode.captcha.fire.RedisScene.told;

import io.anynode.captcha.real.RealDatabase;
import io.anynode.captcha.real.RealH2;
import io.anynode.captcha.real.RealMariaDb;
import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RealRedisCluster;
import io.anynode.captcha.real.RealSentinels;
import io.anynode.captcha.real.SlowLink;
import io.anynode.captcha.real.Tmpfs;
import io.anynode.captcha.server.RunningCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Every row of the table. */
final class Faults {

  private static final Duration EACH_WAY = Duration.ofMillis(100);

  private Faults() {}

  static List<Fault> all() {
    return Stream.of(
            List.of(worker("worker killed (H2)")),
            redis(),
            manyRedis(),
            database("PostgreSQL", RealPostgres::start),
            List.of(serializable()),
            database("MariaDB", RealMariaDb::start),
            h2(),
            file(),
            slow(),
            clock())
        .flatMap(List::stream)
        .toList();
  }

  /** A worker whose process is killed; the store's return is then the worker's. */
  static Fault worker(String name) {
    return new Fault(
        name,
        () ->
            OneScene.of("jdbc", Map.of(), cluster -> cluster.kill("worker-2"), Faults::awaitWorker),
        1,
        ALL);
  }

  private static void awaitWorker(RunningCluster cluster) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProcessHandle.of(cluster.worker("worker-2").pid()).isPresent());
  }

  static Fault redisStopped(int seconds) {
    return new Fault(
        "Redis stopped (SIGSTOP) for " + seconds + " s",
        () -> RedisScene.of(RealRedis::freeze, RealRedis::thaw),
        seconds,
        ALL);
  }

  private static List<Fault> redis() {
    return List.of(
        new Fault(
            "Redis killed, restarted with its AOF",
            () -> RedisScene.of(RealRedis::kill, RealRedis::restart, RedisScene.LASTING),
            3,
            ALL),
        new Fault(
                "Redis killed, restarted with no persistence",
                () -> RedisScene.of(RealRedis::kill, RealRedis::restart),
                3,
                SOME)
            .because("open challenges are lost: MISSING"),
        redisStopped(30),
        new Fault(
            "Redis is loading",
            () ->
                RedisScene.of(
                    redis -> {
                      told("EVAL \"for i=1,20000 do redis.call('SET','x:'..i,'x') end"
                              + " return redis.status_reply('OK')\" 0")
                          .accept(redis);
                      redis.restartUnready();
                    },
                    RealRedis::awaitReady,
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    "always",
                    "--key-load-delay",
                    "300"),
            3,
            ALL),
        new Fault(
            "Redis has become a replica (READONLY)",
            () -> RedisScene.of(told("REPLICAOF 127.0.0.1 1"), told("REPLICAOF NO ONE")),
            5,
            ALL),
        new Fault(
            "Redis lacks replicas (NOREPLICAS)",
            () ->
                RedisScene.of(
                    told("CONFIG SET min-replicas-to-write 1"),
                    told("CONFIG SET min-replicas-to-write 0")),
            5,
            ALL),
        new Fault(
            "Redis out of memory, noeviction",
            () -> RedisScene.of(told("CONFIG SET maxmemory 1"), told("CONFIG SET maxmemory 0")),
            5,
            ALL),
        new Fault(
                "Redis out of memory, allkeys-lru",
                () ->
                    RedisScene.of(
                        redis -> {
                          told("CONFIG SET maxmemory-policy allkeys-lru").accept(redis);
                          told("CONFIG SET maxmemory " + (used(redis) - 100_000)).accept(redis);
                        },
                        told("CONFIG SET maxmemory 0")),
                5,
                SOME)
            .because("evicted challenges are MISSING; not for sessions"));
  }

  private static long used(RealRedis redis) {
    return Stream.of(String.valueOf(redis.ask("INFO memory")).split("\r\n"))
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
        .sum();
  }

  private static List<Fault> manyRedis() {
    return List.of(
        new Fault(
            "Redis Cluster: 3,000 slots move (MOVED, ASK)",
            () -> {
              RealRedisCluster redis = RealRedisCluster.start();
              return OneScene.of(
                      "redis",
                      Map.of("captcha.session.redis.uri", redis.uri()),
                      cluster -> Reshard.move(redis, 3_000),
                      cluster -> {},
                      redis)
                  .saying(() -> Errors.of(redis.nodes().get(0)));
            },
            1,
            ALL),
        new Fault(
                "Redis Sentinel: master killed",
                () -> {
                  RealSentinels redis = RealSentinels.start();
                  return OneScene.of(
                      "redis",
                      Map.of("captcha.session.redis.uri", redis.uri()),
                      cluster -> redis.master().kill(),
                      cluster ->
                          Awaitility.await()
                              .atMost(Duration.ofSeconds(30))
                              .pollInterval(Duration.ofMillis(20))
                              .until(() -> isMaster(redis.replica())),
                      redis);
                },
                0,
                ALL)
            .because("back from the replica's promotion on"));
  }

  private static boolean isMaster(RealRedis redis) {
    return String.valueOf(redis.ask("INFO replication")).contains("role:master");
  }

  private static List<Fault> database(String name, Callable<RealDatabase> start) {
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

  private static List<Fault> h2() {
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
        new Fault(
            "H2 server's disk full",
            () -> {
              Tmpfs disk = Tmpfs.mount(128);
              RealH2 h2 = RealH2.start(disk.folder());
              return OneScene.of(
                  "jdbc",
                  Map.of("captcha.session.jdbc.url", h2.url()),
                  cluster -> disk.fill(),
                  cluster -> disk.free(),
                  h2,
                  disk);
            },
            5,
            ALL),
        new Fault(
            "H2 server restarted on a read-only disk, then on a writable one",
            () -> {
              Tmpfs disk = Tmpfs.mount(128);
              RealH2 h2 = RealH2.start(disk.folder());
              return OneScene.of(
                  "jdbc",
                  Map.of("captcha.session.jdbc.url", h2.url()),
                  cluster -> {
                    h2.kill();
                    disk.lock();
                    h2.startAgain();
                  },
                  cluster -> {
                    h2.kill();
                    disk.unlock();
                    h2.startAgain();
                  },
                  h2,
                  disk);
            },
            5,
            ALL));
  }

  private static List<Fault> file() {
    return List.of(
        fileFault("disk of the file store full", Tmpfs::fill, Tmpfs::free),
        fileFault("disk of the file store read-only", Tmpfs::lock, Tmpfs::unlock));
  }

  private interface OfDisk {
    void to(Tmpfs disk);
  }

  private static Fault fileFault(String name, OfDisk fault, OfDisk end) {
    return new Fault(
        name,
        () -> {
          Tmpfs disk = Tmpfs.mount(128);
          Path folder = Files.createDirectory(disk.folder().resolve("sessions"));
          return OneScene.of(
              "file",
              Map.of("captcha.session.file.dir", folder.toString()),
              cluster -> fault.to(disk),
              cluster -> end.to(disk),
              disk);
        },
        5,
        ALL);
  }

  private static List<Fault> slow() {
    return List.of(
        new Fault(
            "Redis slow, 100 ms each way",
            () -> {
              RealRedis redis = RealRedis.start();
              SlowLink link = SlowLink.to(redis.port());
              return OneScene.of(
                  "redis",
                  Map.of("captcha.session.redis.uri", "redis://127.0.0.1:" + link.port()),
                  cluster -> link.delay(EACH_WAY),
                  cluster -> link.delay(Duration.ZERO),
                  link,
                  redis);
            },
            10,
            ALL),
        new Fault(
            "PostgreSQL slow, 100 ms each way",
            () -> {
              RealDatabase server = RealPostgres.start();
              String url = server.database();
              String port = url.replaceFirst(".*:(\\d+)/.*", "$1");
              SlowLink link = SlowLink.to(Integer.parseInt(port));
              return OneScene.of(
                  "jdbc",
                  Map.of("captcha.session.jdbc.url", url.replace(":" + port, ":" + link.port())),
                  cluster -> link.delay(EACH_WAY),
                  cluster -> link.delay(Duration.ZERO),
                  link,
                  server);
            },
            10,
            ALL));
  }

  private static List<Fault> clock() {
    List<Fault> rows = new ArrayList<>();
    for (int minutes : new int[] {10, -10}) {
      String step = "clock of one worker 10 minutes " + (minutes > 0 ? "ahead" : "behind");
      Duration by = Duration.ofMinutes(minutes);
      Map<String, Callable<Scene>> stores = new LinkedHashMap<>();
      stores.put("Redis", () -> RedisScene.of(redis -> {}, redis -> {}));
      stores.put("H2", () -> OneScene.of("jdbc", Map.of(), cluster -> {}, cluster -> {}));
      stores.put("files", () -> OneScene.of("file", Map.of(), cluster -> {}, cluster -> {}));
      stores.forEach(
          (name, store) ->
              rows.add(
                  new Fault(
                      step + " (" + name + ")", () -> ClockScene.of(store.call(), by), 10, ALL)));
    }
    return rows;
  }
}
