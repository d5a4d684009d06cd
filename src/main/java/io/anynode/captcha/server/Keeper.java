package io.anynode.captcha.server;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one worker alive, on a thread of its own: starts it, lets it into the front door when it
 * answers, out when it has ended, and starts it again.
 */
final class Keeper {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_SECONDS = 1;
  private static final long LONGEST_PAUSE_SECONDS = 30;
  private static final int SILENT_SECONDS = 10;

  private final String name;
  private final int port;
  private final WorkerProcess.Plan plan;
  private final ClusterSettings settings;
  private final FrontDoor door;
  private final PrintStream err;
  private final CompletableFuture<String> firstStart = new CompletableFuture<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable WorkerProcess current;

  private Keeper(
      String name,
      int port,
      WorkerProcess.Plan plan,
      ClusterSettings settings,
      FrontDoor door,
      PrintStream err) {
    this.name = name;
    this.port = port;
    this.plan = plan;
    this.settings = settings;
    this.door = door;
    this.err = err;
    this.thread = new Thread(this::keep, name + "-keeper");
  }

  /**
   * Begins to start a worker.
   *
   * @param name its name
   * @param port what it listens on, 0 for any
   * @param err where its ends and its returns are told
   */
  static Keeper start(
      String name,
      int port,
      WorkerProcess.Plan plan,
      ClusterSettings settings,
      FrontDoor door,
      PrintStream err) {
    Keeper keeper = new Keeper(name, port, plan, settings, door, err);
    keeper.thread.setDaemon(true);
    keeper.thread.start();
    return keeper;
  }

  /** Where the worker is, once it answers; a {@link StartFailure} if the first start fails. */
  CompletableFuture<String> firstStart() {
    return firstStart;
  }

  /** Asks the worker to end, and starts no other. */
  void stop() {
    ending.countDown();
    WorkerProcess last = current();
    if (last != null) {
      last.stop();
    }
  }

  /** Waits for the end, and forces it when it takes too long; after {@link #stop}. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    WorkerProcess last = current();
    if (last != null) {
      last.awaitEndOrKill(atMost);
    }
  }

  private void keep() {
    long pause = FIRST_PAUSE_SECONDS;
    try {
      while (true) {
        long started = System.nanoTime();
        String how = keepOne();
        if (!firstStart.isDone() || firstStart.isCompletedExceptionally()) {
          return;
        }
        if (System.nanoTime() - started > STEADY.toNanos()) {
          pause = FIRST_PAUSE_SECONDS;
        }
        // A Ctrl-C reaches the workers too, perhaps before this process: then it is no news.
        if (ending.await(pause, TimeUnit.SECONDS)) {
          return;
        }
        err.printf("%s %s; it is started again.%n", name, how);
        pause = Math.min(2 * pause, LONGEST_PAUSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One life of the worker; tells how it ended. */
  private String keepOne() throws InterruptedException {
    WorkerProcess worker = null;
    try {
      worker = begin();
      if (worker == null) {
        return "is not needed any more";
      }
      int itsPort = worker.awaitPort(START);
      Probe.awaitAnswer(name, itsPort, plan.prefix() + "/health", START);
      door.add(name, itsPort);
      String where =
          "%s  http://%s:%d/  pid %d".formatted(name, WorkerProcess.HOST, itsPort, worker.pid());
      if (!firstStart.complete(where)) {
        err.println(where + "  is back");
      }
      watch(worker);
      return "ended with status " + worker.exitValue();
    } catch (StartFailure e) {
      firstStart.completeExceptionally(e);
      return "failed: " + e.getMessage();
    } catch (IOException e) {
      firstStart.completeExceptionally(
          StartFailure.failed(name + " cannot be started: " + e.getMessage(), e));
      return "failed: " + e.getMessage();
    } finally {
      door.remove(name);
      if (worker != null) {
        worker.kill();
      }
    }
  }

  /** A process that is stopped or thrashing would hold each request for half a minute. */
  private void watch(WorkerProcess worker) throws InterruptedException {
    while (!worker.endsWithinASecond()) {
      if (worker.silentSeconds() > SILENT_SECONDS) {
        err.printf("%s has been silent for %d s; it is killed.%n", name, SILENT_SECONDS);
        worker.kill();
      }
    }
  }

  /** None is begun once the end has. */
  private synchronized @Nullable WorkerProcess begin() throws IOException {
    if (ending.getCount() == 0) {
      return null;
    }
    current = WorkerProcess.start(plan, name, port, settings.forWorker(name));
    return current;
  }

  private synchronized @Nullable WorkerProcess current() {
    return current;
  }
}
