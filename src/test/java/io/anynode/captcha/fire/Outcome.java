package io.anynode.captcha.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.fire.Fault.Kept;
import io.anynode.captcha.fire.Reply.Step;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a fault did to the visitors.
 *
 * @param fault the row
 * @param perSecond rounds that began in a second
 * @param underWay rounds under way when it struck
 * @param asked requests from the strike to two seconds after the return
 * @param refused how many of them got 503
 * @param broken which were cut off, or got 500, or a 503 that did not say when to come again
 * @param longestMillis the longest of them
 * @param plainMillis the longest of those that need no store
 * @param wrongly how many passed with no right answer
 * @param twice how many challenges passed twice
 * @param witnesses challenges that were acknowledged before
 * @param kept how many of them were still there
 * @param backMillis from the store's return to the end of the last 503
 * @param evidence what the server says of the fault, and right answers in vain
 */
record Outcome(
    Fault fault,
    long perSecond,
    int underWay,
    long asked,
    long refused,
    List<Reply> broken,
    long longestMillis,
    long plainMillis,
    int wrongly,
    int twice,
    int witnesses,
    int kept,
    long backMillis,
    String evidence) {

  static final String HEAD =
      """
      | fault | rounds/s | under way | requests | 503 | broken | longest ms | plain page ms | wrongly | twice | kept | back ms | besides |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final long MOST_MILLIS = 2_000;

  /** The times at which things happened, and the rounds before that are not looked at. */
  record Times(int before, long begun, long struck, long back, long ended) {}

  static Outcome of(
      Fault fault, Load load, Times times, int underWay, int witnesses, int kept, String evidence) {
    List<Reply> during =
        load.replies().stream()
            .filter(
                reply ->
                    reply.ended() >= times.struck()
                        && reply.begun() <= times.back() + MOST_MILLIS * 1_000_000)
            .toList();
    long lastRefusal =
        load.replies().stream()
            .filter(Reply::refused)
            .mapToLong(Reply::ended)
            .max()
            .orElse(times.back());
    return new Outcome(
        fault,
        (load.begun() - times.before()) * 1_000_000_000L / (times.ended() - times.begun()),
        underWay,
        during.size(),
        count(during, reply -> reply.status() == 503),
        load.replies().stream().filter(reply -> reply.refused() && !reply.honest()).toList(),
        longest(during, reply -> reply.step() != Step.PLAIN),
        longest(during, reply -> reply.step() == Step.PLAIN),
        load.wrongly(),
        load.twice(),
        witnesses,
        kept,
        Math.max(0, (lastRefusal - times.back()) / 1_000_000),
        evidence);
  }

  private static long count(List<Reply> replies, Predicate<Reply> which) {
    return replies.stream().filter(which).count();
  }

  private static long longest(List<Reply> replies, Predicate<Reply> which) {
    return replies.stream()
        .filter(which)
        .max(Comparator.comparing(Reply::millis))
        .map(Reply::millis)
        .orElse(0L);
  }

  /** Nothing worse than "503 in at most 2 s, none accepted wrongly, back within 2 s". */
  void check() {
    assertThat(wrongly).as("accepted wrongly: " + this).isZero();
    assertThat(twice).as("accepted twice: " + this).isZero();
    assertThat(broken).as("neither served nor an honest 503: " + this).isEmpty();
    assertThat(longestMillis).as("longest wait: " + this).isLessThanOrEqualTo(MOST_MILLIS);
    assertThat(backMillis).as("back: " + this).isLessThanOrEqualTo(MOST_MILLIS);
    if (fault.kept() == Kept.ALL) {
      assertThat(kept).as("kept: " + this).isEqualTo(witnesses);
    }
  }

  String row() {
    return "| %s%s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d of %d | %d | %s |%n"
        .formatted(
            fault.name(),
            fault.note().isEmpty() ? "" : " (" + fault.note() + ")",
            perSecond,
            underWay,
            asked,
            refused,
            broken.size(),
            longestMillis,
            plainMillis,
            wrongly,
            twice,
            kept,
            witnesses,
            backMillis,
            evidence);
  }
}
