package io.anynode.captcha.server.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an open challenge takes up, with its session, in the heaps of all workers together: a
 * session that is copied to four workers counts four times.
 *
 * <p>To be asked of workers that nobody has used yet: under load, buffers come and go that are
 * larger than all sessions. One visitor after the other keeps them to those of one connection.
 */
final class Heaps {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FIRST = 200;
  private static final int CHALLENGES = 300;

  /** A JVM lets go of something of its own now and then, which may be more than one part's. */
  private static final int PARTS = 3;

  private Heaps() {}

  /**
   * Measures it, by challenges of one worker's.
   *
   * @param workers the address of each that holds some of it; the first is asked for challenges
   * @return bytes a challenge; null if a worker does not tell
   */
  static @Nullable Double bytes(List<URI> workers, HttpClient client) {
    issue(FIRST, workers.get(0), client); // until all classes are loaded, and all buffers are there
    List<Double> found = new ArrayList<>();
    Long before = used(workers, client);
    for (int part = 0; part < PARTS; part++) {
      issue(CHALLENGES, workers.get(0), client);
      Long after = used(workers, client);
      if (before == null || after == null) {
        return null;
      }
      found.add((after - before) / (double) CHALLENGES);
      before = after;
    }
    return Numbers.Range.of(found).median();
  }

  private static void issue(int count, URI worker, HttpClient client) {
    for (Visitor visitor : new Population(count).visitors(client)) {
      Visitor.Reply unused = visitor.issue(worker);
    }
  }

  private static @Nullable Long used(List<URI> workers, HttpClient client) {
    long bytes = 0;
    for (URI worker : workers) {
      try {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(worker.resolve(LabApplication.HEAP))
                    .timeout(PATIENCE)
                    .build(),
                BodyHandlers.ofString());
        bytes += Long.parseLong(answer.body());
      } catch (IOException | NumberFormatException e) {
        return null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return bytes;
  }
}
