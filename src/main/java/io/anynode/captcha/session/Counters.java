package io.anynode.captcha.session;

import java.time.Duration;
import java.util.List;

/**
 * Counts that all nodes share: how often something happened since a window of time began. A window
 * begins with the first event, and the count is forgotten at its end.
 *
 * <p>Each step is atomic: of any number of nodes that add at once, none is lost. A count that is
 * not there is 0. Safe for use by many threads.
 *
 * <p>Own code rather than Bucket4j: its buckets are read, computed and swapped, which takes two
 * round trips in Redis and four statements in a database, has no form for H2, and needs clients
 * beside those that the stores guard with their timeouts. A count is one step in each of them, and
 * serves failures as well as limits.
 */
public interface Counters {

  /**
   * A count.
   *
   * @param total how many there are in this window
   * @param left how long the window lasts; zero if there is none
   */
  record Count(long total, Duration left) {

    /** Nothing was counted, or it is forgotten. */
    public static final Count NONE = new Count(0, Duration.ZERO);
  }

  /**
   * Adds to a count, and begins a window if there is none.
   *
   * @param name up to 100 characters of {@code [A-Za-z0-9._-]}
   * @param amount at least 1
   * @param window how long a new window lasts; positive
   * @return what is counted now, with this
   * @throws StoreUnavailableException if it is not known whether it was added
   */
  Count add(String name, long amount, Duration window);

  /**
   * Takes back what was added, if its window has not ended; never to less than 0.
   *
   * @param amount at least 1
   * @throws StoreUnavailableException if it is not known whether it was taken back
   */
  void takeBack(String name, long amount);

  /**
   * Reads counts.
   *
   * @return one for each name, in the same order
   * @throws StoreUnavailableException if they cannot be read
   */
  List<Long> read(List<String> names);
}
