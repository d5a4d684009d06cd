package io.anynode.captcha.fire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Visitors at an even pace, whatever the answers take: so a slow server gets no fewer of them.
 *
 * <p>A round is a page or a JSON challenge, its picture, and its answer. One in ten answers
 * wrongly; two in ten send the right answer to two workers at the same moment; one in ten sends a
 * right answer to a challenge that is another's; one in five thinks for a second, so that as many
 * are under way at any moment. Whoever is refused comes again once, when the answer said.
 */
final class Load implements AutoCloseable {

  private static final String RIGHT = "PASSED";
  private static final long COME_AGAIN_MILLIS = 2_000;

  /** More would try this machine and not the captcha. */
  private static final int MOST_UNDER_WAY = 400;

  private final URI door;
  private final Supplier<List<URI>> workers;
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger wrongly = new AtomicInteger();
  private final ThreadLocal<Boolean> straight = ThreadLocal.withInitial(() -> false);
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger inVain = new AtomicInteger();
  private final ScheduledExecutorService pace = Executors.newScheduledThreadPool(2);
  private final ExecutorService visitors = Executors.newCachedThreadPool();

  private Load(URI door, Supplier<List<URI>> workers) {
    this.door = door;
    this.workers = workers;
  }

  /**
   * Starts.
   *
   * @param door where the rounds go
   * @param workers the workers' own addresses, for what is sent to two of them at once
   * @param perSecond how many rounds begin in a second
   */
  static Load start(URI door, Supplier<List<URI>> workers, int perSecond) {
    Load load = new Load(door, workers);
    var unused =
        load.pace.scheduleAtFixedRate(
            load::begin, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
    var unusedToo = load.pace.scheduleAtFixedRate(load::plain, 0, 100, TimeUnit.MILLISECONDS);
    return load;
  }

  /** Every answer so far. */
  List<Reply> replies() {
    return List.copyOf(replies);
  }

  /** Takes every answer so far away. */
  List<Reply> taken() {
    List<Reply> taken = new ArrayList<>();
    for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
      taken.add(reply);
    }
    return taken;
  }

  int begun() {
    return begun.get();
  }

  int underWay() {
    return underWay.get();
  }

  /** How many got through with a wrong answer, or with another's challenge. */
  int wrongly() {
    return wrongly.get();
  }

  /** How many challenges were accepted more than once. */
  int twice() {
    return twice.get();
  }

  /**
   * How many right answers were served and not accepted: their challenges were gone, or expired.
   */
  int inVain() {
    return inVain.get();
  }

  /** A visitor whose answers are counted with the rest. */
  Guest guest(boolean program) {
    return new Guest(this::note, program);
  }

  /** What is sent to a worker itself may find none: that is what the front door is for. */
  private void note(Reply reply) {
    if (reply.status() != 0 || !straight.get()) {
      replies.add(reply);
    }
  }

  private void plain() {
    visitors.execute(
        () -> {
          Reply unused = guest(false).plain(door);
        });
  }

  private void begin() {
    if (underWay.get() >= MOST_UNDER_WAY) {
      return; // the rate that is told is then a lower one
    }
    int number = begun.getAndIncrement();
    underWay.incrementAndGet();
    visitors.execute(
        () -> {
          try {
            round(number);
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  private void round(int number) {
    Guest guest = guest(number % 2 == 0);
    String id = guest.open(door);
    if (id == null) {
      return;
    }
    Reply unused = guest.picture(door, id);
    switch (number / 2 % 10) {
      case 0 -> mustFail(guest.answer(door, id, "wrong"));
      case 1, 2 -> atTwoWorkers(number, guest, id);
      case 3 -> {
        Guest thief = guest(number % 2 == 0);
        String own = thief.open(door);
        if (own != null) {
          mustFail(thief.answer(door, id, RIGHT));
        }
      }
      case 4, 5 -> {
        think();
        once(guest, id);
      }
      default -> once(guest, id);
    }
  }

  private void mustFail(Reply reply) {
    if (reply.passed()) {
      wrongly.incrementAndGet();
    }
  }

  /** Answers, and again if it was not served: nobody knows how far the first one got. */
  private void once(Guest guest, String id) {
    List<Reply> answers = new ArrayList<>(List.of(guest.answer(door, id, RIGHT)));
    if (answers.get(0).refused()) {
      later(() -> answers.add(guest.answer(door, id, RIGHT)));
    }
    // A right answer is sent twice by many a browser.
    answers.add(guest.answer(door, id, RIGHT));
    count(answers);
  }

  private void atTwoWorkers(int number, Guest guest, String id) {
    List<URI> all = workers.get();
    List<Reply> answers = new ArrayList<>();
    List<URI> two = List.of(all.get(number % all.size()), all.get((number + 1) % all.size()));
    CountDownLatch both = new CountDownLatch(2);
    for (URI worker : two) {
      visitors.execute(
          () -> {
            straight.set(true);
            try {
              Reply reply = guest.answer(worker, id, RIGHT);
              synchronized (answers) {
                answers.add(reply);
              }
            } finally {
              straight.remove();
              both.countDown();
            }
          });
    }
    try {
      both.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (answers) {
      if (answers.stream().anyMatch(Reply::refused)) {
        later(() -> answers.add(guest.answer(door, id, RIGHT)));
      }
      count(answers);
    }
  }

  private void count(List<Reply> answers) {
    if (answers.stream().filter(Reply::passed).count() > 1) {
      twice.incrementAndGet();
    }
    if (answers.stream().noneMatch(reply -> reply.passed() || reply.refused())) {
      inVain.incrementAndGet();
    }
  }

  private void think() {
    waitFor(1_000);
  }

  private void later(Runnable work) {
    waitFor(COME_AGAIN_MILLIS);
    work.run();
  }

  /** What a person does between two requests, and no wait for something to happen. */
  private static void waitFor(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets no more visitors in, and waits for those who are under way. */
  void drain() {
    pace.shutdownNow();
    await("the rounds under way").atMost(60, SECONDS).until(() -> underWay.get() == 0);
  }

  @Override
  public void close() {
    pace.shutdownNow();
    visitors.shutdownNow();
  }
}
