package io.anynode.captcha.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** What has been started and is to be ended, last first; ending may begin at any moment. */
public final class Running implements AutoCloseable {

  /** A part that can always be ended. */
  public interface Part extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Part> parts = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean ending;

  /** Nothing runs yet. */
  Running() {}

  /**
   * Takes a part in.
   *
   * @throws CancellationException if the end has begun; the part is closed
   */
  public synchronized <P extends Part> P add(P part) {
    if (ending) {
      part.close();
      throw new CancellationException("It ends while it starts.");
    }
    parts.push(part);
    return part;
  }

  /** Whether the end has begun. */
  public synchronized boolean isEnding() {
    return ending;
  }

  /** Waits until all has ended. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    Deque<Part> closing;
    synchronized (this) {
      if (ending) {
        return;
      }
      ending = true;
      closing = new ArrayDeque<>(parts);
    }
    closing.forEach(Part::close);
    ended.countDown();
  }
}
