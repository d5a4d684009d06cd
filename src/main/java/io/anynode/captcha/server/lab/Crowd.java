package io.anynode.captcha.server.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Visitors who are logged in, and as many others who hold an open challenge, to be asked before and
 * after something. They are others, since where captchas fail a new challenge can cost the login.
 */
final class Crowd implements AutoCloseable {

  /**
   * What the site knows of two visitors.
   *
   * @param open whether the picture of the one's open challenge can be had
   * @param loggedIn whether the other's login still stands
   * @param worker who was asked about the login first
   */
  record Known(boolean open, boolean loggedIn, String worker) {}

  private static final int THREADS = 16;
  private static final int TRIES = 8;
  private static final long BETWEEN_TRIES_MILLIS = 250;

  /** Where one worker of several knows, so many looks in turn nearly always find it. */
  private static final int LOOKS = 12;

  private final URI front;
  private final List<Visitor> visitors;
  private final List<Visitor> holders;
  private final List<String> open = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private Crowd(URI front, List<Visitor> visitors, List<Visitor> holders) {
    this.front = front;
    this.visitors = visitors;
    this.holders = holders;
  }

  /** A crowd that has not come in yet. */
  static Crowd of(int count, URI front, HttpClient client) {
    Population population = new Population(count);
    return new Crowd(front, population.visitors(client), population.visitors(client));
  }

  /**
   * Logs all in through the front, those too who are, and has each of the others hold a fresh
   * challenge. Where captchas fail, who gets in needs some of them.
   */
  void logIn() throws InterruptedException {
    List<Boolean> unused = each(visitors, this::loggedIn);
    open.clear();
    open.addAll(
        each(
            holders,
            visitor -> {
              Visitor.Reply home = visitor.home(front);
              String held = Visitor.idIn(visitor.issue(front));
              return held == null ? home.worker() : held;
            }));
  }

  private boolean loggedIn(Visitor visitor) {
    Visitor.Reply unused = visitor.home(front);
    for (int i = 0; i < LOOKS; i++) {
      String id = Visitor.idIn(visitor.issue(front));
      if (id != null && visitor.answer(front, id).isAccepted()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Asks through the front whether any worker knows, and for a while again where it has not noticed
   * yet who is gone.
   */
  List<Known> ask() throws InterruptedException {
    List<Callable<Known>> asking = new ArrayList<>();
    for (int i = 0; i < visitors.size(); i++) {
      Visitor visitor = visitors.get(i);
      Visitor holder = holders.get(i);
      String id = open.get(i);
      asking.add(
          () -> {
            Visitor.Reply first = patiently(() -> visitor.me(front));
            boolean loggedIn = first.status() == 204 || again(() -> visitor.me(front), 204);
            boolean held = again(() -> holder.picture(front, id), 200);
            return new Known(held, loggedIn, first.worker());
          });
    }
    return all(asking);
  }

  private static boolean again(Callable<Visitor.Reply> question, int wanted) throws Exception {
    for (int i = 0; i < LOOKS; i++) {
      if (patiently(question).status() == wanted) {
        return true;
      }
    }
    return false;
  }

  /**
   * Has some of them solve captchas until one is accepted, each beginning with a fresh one.
   *
   * @return when each had it, on the clock of {@link System#nanoTime}
   */
  List<Long> solveUntilAccepted(List<Integer> which, long untilNanos) throws InterruptedException {
    List<Callable<Long>> solving = new ArrayList<>();
    for (int index : which) {
      solving.add(() -> solved(visitors.get(index), untilNanos));
    }
    return all(solving);
  }

  private long solved(Visitor visitor, long untilNanos) throws InterruptedException {
    while (System.nanoTime() < untilNanos) {
      String id = Visitor.idIn(visitor.issue(front));
      if (id != null && visitor.answer(front, id).isAccepted()) {
        break;
      }
      Thread.sleep(10);
    }
    return System.nanoTime();
  }

  private static Visitor.Reply patiently(Callable<Visitor.Reply> question) throws Exception {
    Visitor.Reply reply = question.call();
    for (int i = 1; i < TRIES && (reply.status() == 0 || reply.status() >= 500); i++) {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
      reply = question.call();
    }
    return reply;
  }

  private <T> List<T> each(List<Visitor> who, Function<Visitor, T> work)
      throws InterruptedException {
    List<Callable<T>> calls = new ArrayList<>();
    who.forEach(visitor -> calls.add(() -> work.apply(visitor)));
    return all(calls);
  }

  private <T> List<T> all(List<Callable<T>> calls) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> call : threads.invokeAll(calls)) {
      try {
        results.add(call.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
