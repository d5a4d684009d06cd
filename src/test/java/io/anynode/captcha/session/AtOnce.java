package io.anynode.captcha.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Callers that all start at the same moment. */
public final class AtOnce implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  /** What one caller does. */
  interface Step<T> {
    @Nullable T run() throws Exception;
  }

  /** What one caller does in one round. */
  public interface Round<T> {
    @Nullable T run(int caller, int round) throws Exception;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Runs each step once, all at the same moment; their results, in the same order. */
  <T> List<@Nullable T> run(List<Step<T>> steps) throws Exception {
    return rounds(steps.size(), 1, (caller, round) -> steps.get(caller).run()).get(0);
  }

  /**
   * Has all callers begin each round together.
   *
   * @return the callers' results, a list for each round
   * @throws AssertionError if a caller failed; the first failure is its cause
   */
  public <T> List<List<@Nullable T>> rounds(int callers, int rounds, Round<T> work)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(callers);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Future<List<@Nullable T>>> running = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int caller = i;
      running.add(
          threads.submit(
              () -> {
                List<@Nullable T> results = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                  start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  try {
                    results.add(work.run(caller, round));
                  } catch (Exception | AssertionError e) {
                    // Goes on to the next round, so that the others do not wait for this caller.
                    failure.compareAndSet(null, e);
                  }
                }
                return results;
              }));
    }
    List<List<@Nullable T>> byCaller = new ArrayList<>();
    for (Future<List<@Nullable T>> caller : running) {
      byCaller.add(caller.get());
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("A caller failed: " + failed, failed);
    }
    return byRound(byCaller, rounds);
  }

  private static <T> List<List<@Nullable T>> byRound(List<List<@Nullable T>> byCaller, int rounds) {
    List<List<@Nullable T>> turned = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<@Nullable T> results = new ArrayList<>();
      for (List<@Nullable T> caller : byCaller) {
        results.add(caller.get(round));
      }
      turned.add(results);
    }
    return turned;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
