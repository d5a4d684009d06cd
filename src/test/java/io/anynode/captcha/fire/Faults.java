package io.anynode.captcha.fire;

import static io.anynode.captcha.fire.Fault.Kept.ALL;
import static io.anynode.captcha.fire.Fault.Kept.SOME;
import static io.anynode.captcha.fire.RedisScene.told;

import io.anynode.captcha.real.RealDatabase;
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
            DatabaseFaults.of("PostgreSQL", RealPostgres::start),
            DatabaseFaults.ofPostgres(),
            DatabaseFaults.of("MariaDB", RealMariaDb::start),
            DatabaseFaults.ofH2(),
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
