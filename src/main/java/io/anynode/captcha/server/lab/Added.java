package io.anynode.captcha.server.lab;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it costs to add a worker.
 *
 * @param loggedIn how many visitors were logged in
 * @param moved how many were answered by another worker afterwards
 * @param lost how many of the logged-in were logged out
 */
record Added(int loggedIn, int moved, int lost) {

  /** For {@code --json}. */
  Map<String, Object> toJson() {
    return Map.of("loggedIn", loggedIn, "moved", moved, "lost", lost);
  }

  /**
   * Adds a worker to the site.
   *
   * @param crowd logs in before
   */
  static Added measure(Site site, Crowd crowd) throws InterruptedException {
    crowd.logIn();
    List<Crowd.Known> before = crowd.ask();
    site.addOne();
    List<Crowd.Known> after = crowd.ask();
    int moved =
        (int)
            IntStream.range(0, before.size())
                .filter(i -> !before.get(i).worker().equals(after.get(i).worker()))
                .count();
    return new Added(
        (int) before.stream().filter(Crowd.Known::loggedIn).count(),
        moved,
        Crash.lost(before, after, Crowd.Known::loggedIn));
  }
}
