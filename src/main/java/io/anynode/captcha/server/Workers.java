package io.anynode.captcha.server;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All workers, {@code worker-1} to {@code worker-n}. */
final class Workers implements Running.Part {

  private static final Duration END = Duration.ofSeconds(5);

  private final List<Keeper> keepers;

  private Workers(List<Keeper> keepers) {
    this.keepers = keepers;
  }

  /**
   * Begins to start workers, all at once.
   *
   * @param count how many
   * @param firstPort the first one's port, the others' follow; 0 for any
   */
  static Workers start(
      int count,
      int firstPort,
      WorkerProcess.Plan plan,
      ClusterSettings settings,
      FrontDoor door,
      PrintStream err) {
    return new Workers(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    Keeper.start(
                        name(i), firstPort == 0 ? 0 : firstPort + i, plan, settings, door, err))
            .toList());
  }

  /** The name of a worker, counted from 0. */
  static String name(int index) {
    return "worker-" + (index + 1);
  }

  /**
   * Waits until each worker answers.
   *
   * @param progress gets a line for each
   * @throws StartFailure if one does not
   */
  void awaitFirstStart(Consumer<String> progress) throws InterruptedException {
    for (Keeper keeper : keepers) {
      try {
        progress.accept(keeper.firstStart().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StartFailure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Ends them: in order, and by force those that are not gone after 5 seconds. */
  @Override
  public void close() {
    keepers.forEach(Keeper::stop);
    long end = System.nanoTime() + END.toNanos();
    try {
      for (Keeper keeper : keepers) {
        keeper.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
