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
 * Visitors who are logged in and hold an open challenge, to be asked before and after something.
 */
final class Crowd implements AutoCloseable {

  /**
   * What the site knows of a visitor.
   *
   * @param open whether the picture of the open challenge can be had
   * @param loggedIn whether the login still stands
   * @param worker who said so
   */
  record Known(boolean open, boolean loggedIn, String worker) {}

  private static final int THREADS = 16;
  private static final int TRIES = 8;
  private static final long BETWEEN_TRIES_MILLIS = 250;

  private final URI front;
  private final List<Visitor> visitors;
  private final List<String> open = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private Crowd(URI front, List<Visitor> visitors) {
    this.front = front;
    this.visitors = visitors;
  }

  /** A crowd that has not come in yet. */
  static Crowd of(int count, URI front, HttpClient client) {
    return new Crowd(front, new Population(count).visitors(client));
  }

  /**
   * Logs all in through the front, those too who are, and has each hold a fresh challenge. Where
   * captchas fail, few of them get in.
   */
  void logIn() throws InterruptedException {
    open.clear();
    open.addAll(
        each(
            visitor -> {
              Visitor.Reply unused = visitor.home(front);
              String first = Visitor.idIn(visitor.issue(front));
              if (first != null) {
                unused = visitor.answer(front, first);
              }
              String held = Visitor.idIn(visitor.issue(front));
              return held == null ? "none" : held;
            }));
  }

  /** Asks through the front, for a while again where it has not noticed yet who is gone. */
  List<Known> ask() throws InterruptedException {
    List<Callable<Known>> asking = new ArrayList<>();
    for (int i = 0; i < visitors.size(); i++) {
      Visitor visitor = visitors.get(i);
      String id = open.get(i);
      asking.add(
          () -> {
            Visitor.Reply picture = patiently(() -> visitor.picture(front, id));
            Visitor.Reply me = patiently(() -> visitor.me(front));
            return new Known(picture.status() == 200, me.status() == 204, me.worker());
          });
    }
    return all(asking);
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

  private <T> List<T> each(Function<Visitor, T> work) throws InterruptedException {
    List<Callable<T>> calls = new ArrayList<>();
    visitors.forEach(visitor -> calls.add(() -> work.apply(visitor)));
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
