package io.anynode.captcha.server.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the workers' own heaps hold, where the answers live in them: together, so that a session
 * that is copied to four workers counts four times. What else comes and goes in a heap is some
 * kilobytes, so it takes more challenges than elsewhere.
 *
 * @param trips what is known of the store's round trips; null if nothing is
 * @param workers each worker's address
 */
record HeapGauge(@Override @Nullable Long trips, List<URI> workers, HttpClient client)
    implements Cost.Gauge {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CHALLENGES = 300;

  @Override
  public int challenges() {
    return CHALLENGES;
  }

  @Override
  public @Nullable Long bytes() {
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

  @Override
  public void close() {}
}
