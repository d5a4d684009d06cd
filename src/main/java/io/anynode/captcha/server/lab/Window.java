package io.anynode.captcha.server.lab;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What was seen in one stretch of time under load. Safe for use by many threads. */
final class Window {

  private final LongAdder rounds = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder elsewhere = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
  private final Queue<Long> issues = new ConcurrentLinkedQueue<>();
  private final Queue<Long> verifies = new ConcurrentLinkedQueue<>();

  /** Counts a request, whatever it was for. */
  void request(Visitor.Reply reply) {
    requests.computeIfAbsent(reply.worker(), name -> new LongAdder()).increment();
  }

  /** Counts a captcha that was solved rightly, or that could not even be had. */
  void round(Visitor.Reply issued, Visitor.Reply verified) {
    rounds.increment();
    if (verified.isAccepted()) {
      accepted.increment();
    } else {
      refusals.computeIfAbsent(verified.refusal(), why -> new LongAdder()).increment();
    }
    if (!issued.worker().equals(verified.worker())) {
      elsewhere.increment();
    }
    issues.add(issued.nanos());
    verifies.add(verified.nanos());
  }

  /** Counts a round that had to begin later than it should have. */
  void lateStart() {
    late.increment();
  }

  long rounds() {
    return rounds.sum();
  }

  long lateStarts() {
    return late.sum();
  }

  /** Of the captchas that were solved rightly, how many were accepted, in percent. */
  double acceptedPercent() {
    return Numbers.percent(accepted.sum(), rounds.sum());
  }

  /** Where another worker verified than had issued, in percent. */
  double elsewherePercent() {
    return Numbers.percent(elsewhere.sum(), rounds.sum());
  }

  /** The requests that each worker answered. */
  Map<String, Long> requests() {
    return sums(requests);
  }

  /** How many captchas were refused why: a status, and the captcha's verdict if it had one. */
  Map<String, Long> refusals() {
    return sums(refusals);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> counts = new TreeMap<>();
    adders.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  /** How long it took to get each challenge, in nanoseconds. */
  long[] issueNanos() {
    return issues.stream().mapToLong(Long::longValue).toArray();
  }

  /** How long it took to verify each answer, in nanoseconds. */
  long[] verifyNanos() {
    return verifies.stream().mapToLong(Long::longValue).toArray();
  }
}
