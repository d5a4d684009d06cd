package io.anynode.captcha.server.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A population that solves captchas: closed loop, each user by turns asking, thinking and
 * answering. Between the steps users look at the picture or at the home page or do not, at random,
 * so that no rhythm of theirs falls in with the workers' turns.
 */
final class Load {

  /**
   * How it goes.
   *
   * @param think how long a user thinks, on average; each time is drawn between half and one and a
   *     half of it
   * @param warmUp what is not counted at the beginning
   * @param window how long each of the repeats is
   * @param repeats how many there are
   * @param least how many captchas a repeat has at least: on a busy machine it takes longer for
   *     them
   * @param perSecond how many captchas are begun in a second, whatever they take; 0 for a closed
   *     loop
   */
  record Plan(
      Duration think, Duration warmUp, Duration window, int repeats, int least, double perSecond) {

    /** From the beginning to the end. */
    Duration length() {
      return warmUp.plus(window.multipliedBy(repeats));
    }
  }

  private static final long LOOK_MILLIS = 50;
  private static final int MOST_STRETCH = 40;

  private final Plan plan;
  private final URI front;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Window beforeAndAfter = new Window();
  private final List<Window> windows;
  private volatile Window current;

  private Load(Plan plan, URI front) {
    this.plan = plan;
    this.front = front;
    this.windows = IntStream.range(0, plan.repeats()).mapToObj(i -> new Window()).toList();
    this.current = beforeAndAfter;
  }

  /**
   * Runs from the beginning to the end.
   *
   * @param front where the requests go
   * @return what was seen in each repeat
   */
  static List<Window> run(Plan plan, URI front, Population population, HttpClient client)
      throws InterruptedException {
    Load load = new Load(plan, front);
    if (plan.perSecond() > 0) {
      load.runOpen(population.visitors(client));
      return load.windows;
    }
    List<Thread> users = new ArrayList<>();
    for (Visitor visitor : population.visitors(client)) {
      Thread user = new Thread(() -> load.use(visitor), "lab-user");
      user.setDaemon(true);
      user.start();
      users.add(user);
    }
    load.goThroughWindows();
    for (Thread user : users) {
      user.join(TimeUnit.SECONDS.toMillis(15));
    }
    return load.windows;
  }

  /** Counts in one window after the other, and then says that it is over. */
  private void goThroughWindows() throws InterruptedException {
    Thread.sleep(plan.warmUp().toMillis());
    for (Window window : windows) {
      current = window;
      long begun = System.nanoTime();
      do {
        Thread.sleep(Math.min(LOOK_MILLIS, plan.window().toMillis()));
      } while (isOpen(window, System.nanoTime() - begun));
    }
    current = beforeAndAfter;
    over.countDown();
  }

  private boolean isOpen(Window window, long nanos) {
    long planned = plan.window().toNanos();
    return nanos < planned || (window.rounds() < plan.least() && nanos < MOST_STRETCH * planned);
  }

  private void runOpen(List<Visitor> visitors) throws InterruptedException {
    Thread clock =
        new Thread(
            () -> {
              try {
                goThroughWindows();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "lab-clock");
    clock.setDaemon(true);
    clock.start();
    OpenLoop.run(
        plan.perSecond(),
        visitors,
        over,
        visitor -> {
          boolean unused = round(visitor);
        },
        () -> window().lateStart());
  }

  private void use(Visitor visitor) {
    try {
      // Begins somewhere in a round, so that not all begin at once.
      if (pause(ThreadLocalRandom.current().nextDouble())) {
        return;
      }
      count(visitor.home(front));
      boolean ended = false;
      while (!ended) {
        ended = round(visitor);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One captcha; tells whether the load is over. */
  private boolean round(Visitor visitor) throws InterruptedException {
    look(visitor);
    Visitor.Reply issued = visitor.issue(front);
    count(issued);
    String id = Visitor.idIn(issued);
    if (id != null && isHeads()) {
      count(visitor.picture(front, id));
    }
    if (pause(thinking() / 2)) {
      return true;
    }
    look(visitor);
    Visitor.Reply verified = id == null ? issued : visitor.answer(front, id);
    if (id != null) {
      count(verified);
    }
    window().round(issued, verified);
    return pause(thinking() / 2);
  }

  private void look(Visitor visitor) {
    if (isHeads()) {
      count(visitor.home(front));
    }
  }

  private void count(Visitor.Reply reply) {
    window().request(reply);
  }

  private Window window() {
    return current;
  }

  /** Waits for a part of the mean thinking time; tells whether the load is over. */
  private boolean pause(double part) throws InterruptedException {
    return over.await((long) (plan.think().toMillis() * part), TimeUnit.MILLISECONDS);
  }

  private static double thinking() {
    return 0.5 + ThreadLocalRandom.current().nextDouble();
  }

  private static boolean isHeads() {
    return ThreadLocalRandom.current().nextBoolean();
  }
}
