package io.anynode.captcha.bench;

import io.anynode.captcha.real.RealRedis;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Which locks requests wait for that are issued, shown and answered at the same time. */
final class Locks implements Part {

  private static final int THREADS = 8;
  private static final int SHOWN = 8;
  private static final double MOST = 0.01;

  @Override
  public String name() {
    return "locks";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws IOException {
    Sheet.Rows rows =
        sheet.table(
            "What %d threads waited for, each in whole rounds with no pause".formatted(THREADS),
            "store",
            "waited for",
            "in",
            "a lock",
            "times in 1,000 rounds",
            "% of the threads' time");
    store(sheet, run, rows, "memory");
    try (RealRedis redis = RealRedis.start()) {
      store(sheet, run, rows, "redis", "captcha.session.redis.uri=" + redis.uri());
    }
    sheet.note(
        "By Flight Recorder: each wait for a lock that another thread had, however short, and each"
            + " time that a thread was parked. With more threads than processors a thread is at times"
            + " put aside while it has a lock, and then the others wait for their turn as well.");
  }

  private static void store(
      Sheet sheet, Run run, Sheet.Rows rows, String store, String... more) throws IOException {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("captcha.session.store=" + store);
    settings.add("captcha.protect.login.path=/login");
    settings.add("captcha.test-mode=true");
    settings.add("captcha.rate.issue.network=off"); // the visitors come from a few networks
    AtomicLong rounds = new AtomicLong();
    try (EmbeddedNode node =
        EmbeddedNode.start(context -> {}, settings.toArray(String[]::new))) {
      Duration length = Duration.ofSeconds(run.either(2, 15));
      AtomicInteger first = new AtomicInteger();
      AtomicLong unused = new AtomicLong();
      all(node, first, unused, length); // the JIT's
      Map<LockEvents.Wait, LockEvents.Waited> waits =
          LockEvents.during(
              run.folder().resolve("locks-" + store + ".jfr"),
              Together.NAME,
              () -> all(node, first, rounds, length));
      double whole = THREADS * length.toNanos() / 100.0;
      waits.entrySet().stream()
          .limit(SHOWN)
          .forEach(
              wait ->
                  rows.row(
                      store,
                      wait.getKey().type(),
                      wait.getKey().where(),
                      wait.getKey().lock() ? "yes" : "no",
                      1000.0 * wait.getValue().times() / rounds.get(),
                      wait.getValue().together().toNanos() / whole));
      double locked =
          waits.entrySet().stream()
              .filter(wait -> wait.getKey().lock())
              .mapToLong(wait -> wait.getValue().together().toNanos())
              .sum();
      sheet.atMost(
          "%s store: time that requests wait for locks, of all of it".formatted(store),
          MOST,
          locked / whole / 100);
    }
  }

  private static void all(
      EmbeddedNode node, AtomicInteger first, AtomicLong rounds, Duration length) {
    long end = System.nanoTime() + length.toNanos();
    Together.run(THREADS, thread -> one(node, first, rounds, end));
  }

  private static void one(EmbeddedNode node, AtomicInteger first, AtomicLong rounds, long end) {
    LocalRounds own = new LocalRounds(node.filter(), first.getAndAdd(1 << 18));
    try {
      while (System.nanoTime() - end < 0) {
        own.round();
        rounds.incrementAndGet();
      }
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    }
  }
}
