package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.lab.Numbers.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was measured for a row.
 *
 * @param row the row
 * @param store where the answer lives, in words
 * @param front which front was used
 * @param workers their names
 * @param windows what was seen under load, one for each repeat
 * @param cost what a challenge asks of the store
 * @param delay until another worker sees a challenge
 * @param replay of double submits
 * @param crash of a worker
 * @param added what it costs to add a worker
 */
record RowResult(
    Row row,
    String store,
    String front,
    List<String> workers,
    List<Window> windows,
    Cost cost,
    Delay delay,
    Replay replay,
    Crash crash,
    Added added) {

  /** One figure over the repeats. */
  Range over(ToDoubleFunction<Window> figure) {
    return Range.of(windows.stream().map(figure::applyAsDouble).toList());
  }

  /** How many captchas were solved rightly. */
  long rounds() {
    return windows.stream().mapToLong(Window::rounds).sum();
  }

  /** The load's greatest by its mean. */
  Range maxByMean() {
    return over(window -> Numbers.maxByMean(loads(window)));
  }

  /** The load's coefficient of variation. */
  Range variation() {
    return over(window -> Numbers.variation(loads(window)));
  }

  /** The requests each worker answered, in all repeats; 0 for one that answered none. */
  Map<String, Long> requests() {
    Map<String, Long> all = new TreeMap<>();
    workers.forEach(worker -> all.put(worker, 0L));
    for (Window window : windows) {
      window.requests().forEach((worker, count) -> all.merge(worker, count, Long::sum));
    }
    all.keySet().retainAll(workers);
    return all;
  }

  /** How many captchas were refused why, in all repeats. */
  Map<String, Long> refusals() {
    Map<String, Long> all = new TreeMap<>();
    windows.forEach(window -> window.refusals().forEach((why, n) -> all.merge(why, n, Long::sum)));
    return all;
  }

  private Collection<Long> loads(Window window) {
    Map<String, Long> answered = window.requests();
    return workers.stream().map(worker -> answered.getOrDefault(worker, 0L)).toList();
  }

  /** A latency's percentile over the repeats, in milliseconds. */
  Range millis(Function<Window, long[]> latencies, double percent) {
    return over(window -> Numbers.percentile(latencies.apply(window), percent) / 1e6);
  }

  /** A row's figures for {@code --json}. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("row", row.id());
    json.put("routing", row.way().text());
    json.put("sticky", row.way().isSticky());
    json.put("kept", store);
    json.put("front", front);
    json.put("rounds", rounds());
    json.put("acceptedPercent", range(over(Window::acceptedPercent)));
    json.put("refusals", refusals());
    json.put("elsewherePercent", range(over(Window::elsewherePercent)));
    json.put("requests", requests());
    json.put("maxByMean", range(maxByMean()));
    json.put("variation", range(variation()));
    json.put("issueP50Millis", range(millis(Window::issueNanos, 50)));
    json.put("issueP99Millis", range(millis(Window::issueNanos, 99)));
    json.put("verifyP50Millis", range(millis(Window::verifyNanos, 50)));
    json.put("verifyP99Millis", range(millis(Window::verifyNanos, 99)));
    json.put("seenElsewhereMillis", new ArrayList<>(delay.millis()));
    json.put("neverSeenElsewhere", delay.unseen());
    json.put("doubleSubmits", replay.pairs());
    json.put("replaysAccepted", replay.twice());
    json.put("lateStarts", windows.stream().mapToLong(Window::lateStarts).sum());
    json.put("storeTrips", cost.trips());
    json.put("storeBytes", cost.bytes());
    json.put("crash", crash.toJson());
    json.put("added", added.toJson());
    return json;
  }

  private static Map<String, Object> range(Range range) {
    Map<String, Object> json = new TreeMap<>();
    json.put("min", range.min());
    json.put("median", range.median());
    json.put("max", range.max());
    return json;
  }
}
