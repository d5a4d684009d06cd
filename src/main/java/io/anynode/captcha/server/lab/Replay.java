package io.anynode.captcha.server.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sends the right answer to two workers at the same moment, for many challenges.
 *
 * @param pairs how many challenges were sent twice
 * @param once how many of them were accepted at least once
 * @param twice how many were accepted twice: replays
 */
record Replay(int pairs, int once, int twice) {

  /** Not more than a worker has threads, so that both of a pair are under way together. */
  private static final int AT_ONCE = 25;

  private record Pair(Visitor visitor, String id) {}

  /**
   * Measures it.
   *
   * @param count how many challenges
   * @param patience how long to wait until the second worker knows them, if it ever does
   */
  static Replay measure(int count, Duration patience, URI issuer, URI other, HttpClient client)
      throws InterruptedException {
    List<Pair> pairs = issued(count, issuer, client);
    if (!pairs.isEmpty()) {
      Pair last = pairs.get(pairs.size() - 1);
      long unused = Delay.untilSeen(last.visitor(), last.id(), other, patience);
    }
    int once = 0;
    int twice = 0;
    for (int from = 0; from < pairs.size(); from += AT_ONCE) {
      List<Pair> batch = pairs.subList(from, Math.min(from + AT_ONCE, pairs.size()));
      List<CompletableFuture<Visitor.Reply>> replies =
          batch.stream()
              .flatMap(
                  pair ->
                      List.of(issuer, other).stream()
                          .map(worker -> pair.visitor().answerAtOnce(worker, pair.id())))
              .toList();
      for (int i = 0; i < batch.size(); i++) {
        long accepted =
            IntStream.of(2 * i, 2 * i + 1)
                .filter(index -> replies.get(index).join().isAccepted())
                .count();
        once += accepted >= 1 ? 1 : 0;
        twice += accepted == 2 ? 1 : 0;
      }
    }
    return new Replay(pairs.size(), once, twice);
  }

  private static List<Pair> issued(int count, URI issuer, HttpClient client)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Callable<Optional<Pair>> issue =
          () -> {
            Visitor visitor = new Visitor(client, "192.0.2.1");
            return Optional.ofNullable(Visitor.idIn(visitor.issue(issuer)))
                .map(id -> new Pair(visitor, id));
          };
      List<Pair> pairs = new ArrayList<>();
      for (Future<Optional<Pair>> pair : threads.invokeAll(Collections.nCopies(count, issue))) {
        pair.get().ifPresent(pairs::add);
      }
      return pairs;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
