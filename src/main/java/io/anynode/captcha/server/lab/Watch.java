package io.anynode.captcha.server.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A light load that notes when each captcha ended, and how. */
final class Watch {

  private static final int VISITORS = 12;
  private static final int PAUSE_MILLIS = 60;

  private record Ended(long nanos, boolean accepted) {}

  private final URI front;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  private Watch(URI front) {
    this.front = front;
  }

  /** Begins. */
  static Watch start(URI front, HttpClient client) {
    Watch watch = new Watch(front);
    for (Visitor visitor : new Population(VISITORS).visitors(client)) {
      Thread thread = new Thread(() -> watch.use(visitor), "lab-watch");
      thread.setDaemon(true);
      thread.start();
      watch.threads.add(thread);
    }
    return watch;
  }

  /** Ends, and tells what was seen by the time since a moment. */
  List<Crash.Event> end(long zeroNanos) throws InterruptedException {
    over.countDown();
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(12));
    }
    return ended.stream()
        .map(
            one ->
                new Crash.Event(
                    TimeUnit.NANOSECONDS.toMillis(one.nanos() - zeroNanos), one.accepted()))
        .toList();
  }

  private void use(Visitor visitor) {
    try {
      Visitor.Reply unused = visitor.home(front);
      while (!pause()) {
        String id = Visitor.idIn(visitor.issue(front));
        boolean accepted = !pause() && id != null && visitor.answer(front, id).isAccepted();
        ended.add(new Ended(System.nanoTime(), accepted));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean pause() throws InterruptedException {
    return over.await(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS), TimeUnit.MILLISECONDS);
  }
}
