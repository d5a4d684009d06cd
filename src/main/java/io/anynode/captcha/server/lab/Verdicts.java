package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.lab.Numbers.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the figures say in words: a line a row, and the usual advice held against them. */
final class Verdicts {

  /** From here on a worker is called overloaded: a quarter more than the mean. */
  private static final double UNEVEN = 1.25;

  private static final double MILLIS_THAT_SHOW = 100;

  /**
   * A claim of the usual advice.
   *
   * @param advice the claim
   * @param figures what was measured
   * @param holds whether the figures bear it out
   */
  record Claim(String advice, String figures, boolean holds) {}

  private Verdicts() {}

  /** A row's line. */
  static String of(RowResult result) {
    List<String> faults = new ArrayList<>();
    double accepted = result.over(Window::acceptedPercent).median();
    if (accepted < 99.95) {
      double refused = 100 - accepted;
      String share = refused < 1 ? text("%.1f", refused) : text("%.0f", refused);
      faults.add("refuses " + share + " % of the right answers" + why(result));
    }
    if (result.replay().twice() > 0) {
      faults.add(
          text("accepts %d of %d answers twice", result.replay().twice(), result.replay().pairs()));
    }
    double uneven = result.maxByMean().median();
    if (uneven >= UNEVEN) {
      faults.add(text("the busiest worker has %.1f times the mean", uneven));
    }
    Crash crash = result.crash();
    if (crash.loggedInLost() > 0) {
      faults.add(text("a crash loses %d of %d logins", crash.loggedInLost(), crash.loggedIn()));
    }
    if (crash.openLost() > 0) {
      faults.add(text("a crash loses %d of %d open challenges", crash.openLost(), crash.open()));
    }
    if (result.added().lost() > 0) {
      faults.add(
          text(
              "one more worker logs out %d of %d",
              result.added().lost(), result.added().loggedIn()));
    }
    int unseen = result.delay().unseen();
    if (unseen > 0 && !result.delay().millis().isEmpty()) {
      faults.add(
          text(
              "another worker never sees %d of %d challenges",
              unseen, unseen + result.delay().millis().size()));
    }
    if (seenAfter(result) > MILLIS_THAT_SHOW) {
      faults.add(text("another worker sees a challenge after %.1f s", seenAfter(result) / 1e3));
    }
    String all = String.join("; ", faults);
    return all.isEmpty()
        ? "No fault found."
        : all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1) + ".";
  }

  /** Another worker is at fault only where it does not know what the first one knows. */
  private static String why(RowResult result) {
    return switch (result.row().kept()) {
      case MEMORY, SYNCED ->
          text(": %.0f %% are verified elsewhere", result.over(Window::elsewherePercent).median());
      case REPLICATED, REPLICATED_AT_ONCE, SYNCED_READ_ON_MISS, FILE, JDBC, REDIS ->
          " ("
              + result.refusals().entrySet().stream()
                  .map(entry -> entry.getValue() + " of " + result.rounds() + ": " + entry.getKey())
                  .collect(Collectors.joining("; "))
              + ")";
    };
  }

  /** The claims for which there are rows. */
  static List<Claim> claims(List<RowResult> results) {
    List<Claim> claims = new ArrayList<>();
    one(results, row -> row.way() == Way.ROUND_ROBIN && row.kept() == Kept.MEMORY)
        .ifPresent(
            r -> {
              double accepted = r.over(Window::acceptedPercent).median();
              double expected = 100.0 / r.workers().size();
              claims.add(
                  new Claim(
                      "Answers in a worker's memory fail behind a balancer, but for one in so many"
                          + " as there are workers.",
                      text("%.0f %% accepted; %.0f %% expected", accepted, expected),
                      Math.abs(accepted - expected) < 15));
            });
    List<RowResult> sticky = results.stream().filter(Verdicts::isStickyInMemory).toList();
    for (RowResult r : sticky) {
      claims.add(
          new Claim(
              "Stickiness loads workers unevenly (" + r.row().way().text() + ").",
              text(
                  "the busiest worker has %.2f times the mean, variation %.2f",
                  r.maxByMean().median(), r.variation().median()),
              r.maxByMean().median() >= UNEVEN));
      double accepted = r.over(Window::acceptedPercent).median();
      claims.add(
          new Claim(
              "Stickiness makes the captcha work (" + r.row().way().text() + ").",
              text("%.1f %% accepted", accepted),
              accepted >= 99.95));
      claims.add(
          new Claim(
              "A crash loses the sessions of its worker (" + r.row().way().text() + ").",
              text("%d of %d logins lost", r.crash().loggedInLost(), r.crash().loggedIn()),
              r.crash().loggedInLost() > 0));
    }
    one(results, row -> row.way() == Way.CLIENT_ADDRESS)
        .ifPresent(
            r ->
                claims.add(
                    new Claim(
                        "A school behind one address overloads its worker.",
                        text("the busiest worker has %.2f times the mean", r.maxByMean().median()),
                        r.maxByMean().median() >= UNEVEN)));
    one(results, row -> row.kept() == Kept.SYNCED)
        .ifPresent(
            r ->
                claims.add(
                    new Claim(
                        "A file synced each 5 seconds leaves a delay, in which captchas fail.",
                        text(
                            "seen after %.1f s, %.0f %% accepted",
                            seenAfter(r) / 1e3, r.over(Window::acceptedPercent).median()),
                        seenAfter(r) > MILLIS_THAT_SHOW)));
    one(results, row -> row.kept() == Kept.SYNCED_READ_ON_MISS)
        .ifPresent(
            r -> {
              claims.add(
                  new Claim(
                      "Reading the file on a miss removes the delay.",
                      text(
                          "seen after %.0f ms, %.1f %% accepted",
                          seenAfter(r), r.over(Window::acceptedPercent).median()),
                      seenAfter(r) < MILLIS_THAT_SHOW));
              claims.add(
                  new Claim(
                      "With that, a shared file does as well as a store.",
                      text(
                          "%d of %d answers accepted twice",
                          r.replay().twice(), r.replay().pairs()),
                      r.replay().twice() == 0));
            });
    replicated(results, claims);
    shared(results, claims, sticky);
    return claims;
  }

  private static void replicated(List<RowResult> results, List<Claim> claims) {
    for (RowResult r : results) {
      Kept kept = r.row().kept();
      if (kept != Kept.REPLICATED && kept != Kept.REPLICATED_AT_ONCE) {
        continue;
      }
      String which = " (" + r.row().id() + ", " + kept.text() + ").";
      double accepted = r.over(Window::acceptedPercent).median();
      if (!r.row().way().isSticky()) {
        claims.add(
            new Claim(
                "Where the container replicates its sessions, any worker knows a challenge" + which,
                text(
                    "%.1f %% accepted; %d of %d challenges never seen elsewhere",
                    accepted, r.delay().unseen(), r.delay().millis().size() + r.delay().unseen()),
                accepted >= 99.95 && r.delay().unseen() == 0));
      }
      claims.add(
          new Claim(
              "Replicated sessions survive a crash" + which,
              text(
                  "%d of %d logins and %d of %d open challenges lost",
                  r.crash().loggedInLost(),
                  r.crash().loggedIn(),
                  r.crash().openLost(),
                  r.crash().open()),
              r.crash().loggedInLost() + r.crash().openLost() == 0));
      claims.add(
          new Claim(
              "Replicated sessions do as well as a store" + which,
              text("%d of %d answers accepted twice", r.replay().twice(), r.replay().pairs()),
              r.replay().twice() == 0));
    }
  }

  private static void shared(List<RowResult> results, List<Claim> claims, List<RowResult> sticky) {
    List<RowResult> shared =
        results.stream()
            .filter(
                r ->
                    r.row().kept() == Kept.FILE
                        || r.row().kept() == Kept.JDBC
                        || r.row().kept() == Kept.REDIS)
            .toList();
    if (shared.isEmpty()) {
      return;
    }
    claims.add(
        new Claim(
            "A shared store accepts all, loses nothing in a crash, and accepts nothing twice.",
            shared.stream()
                .map(
                    r ->
                        text(
                            "%s: %.1f %%, %d lost, %d twice",
                            r.row().id(),
                            r.over(Window::acceptedPercent).median(),
                            r.crash().loggedInLost() + r.crash().openLost(),
                            r.replay().twice()))
                .collect(Collectors.joining("; ")),
            shared.stream()
                .allMatch(
                    r ->
                        r.over(Window::acceptedPercent).median() >= 99.95
                            && r.crash().loggedInLost() + r.crash().openLost() == 0
                            && r.replay().twice() == 0)));
    if (sticky.isEmpty()) {
      return;
    }
    double memory =
        Range.of(sticky.stream().map(r -> r.millis(Window::verifyNanos, 50).median()).toList())
            .median();
    double slowest =
        shared.stream()
            .mapToDouble(r -> r.millis(Window::verifyNanos, 50).median())
            .max()
            .orElse(0);
    claims.add(
        new Claim(
            "A shared store costs latency.",
            shared.stream()
                    .map(
                        r ->
                            text(
                                "%s (%s): %.1f ms",
                                r.row().id(),
                                r.store(),
                                r.millis(Window::verifyNanos, 50).median()))
                    .collect(Collectors.joining("; "))
                + text("; in memory: %.1f ms (median to verify)", memory),
            slowest > memory));
  }

  private static boolean isStickyInMemory(RowResult result) {
    return result.row().kept() == Kept.MEMORY && result.row().way().isSticky();
  }

  private static Optional<RowResult> one(List<RowResult> results, Predicate<Row> which) {
    return results.stream().filter(r -> which.test(r.row())).findFirst();
  }

  /** The median delay in milliseconds; 0 if none was seen. */
  private static double seenAfter(RowResult result) {
    List<Long> millis = result.delay().millis();
    return millis.isEmpty() ? 0 : millis.get(millis.size() / 2);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
