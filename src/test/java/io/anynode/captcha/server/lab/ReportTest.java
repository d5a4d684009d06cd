package io.anynode.captcha.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.web.ValidHtml;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final List<String> WORKERS = List.of("worker-1", "worker-2");

  /** A row in which so many of a hundred were accepted, elsewhere where they were not. */
  private static RowResult result(
      Row row, int accepted, int onFirst, int twice, int lost, List<Long> seen) {
    return result(row, accepted, onFirst, twice, lost, seen, 0);
  }

  private static RowResult result(
      Row row, int accepted, int onFirst, int twice, int lost, List<Long> seen, int unseen) {
    Window window = new Window();
    for (int i = 0; i < 100; i++) {
      Visitor.Reply issued = new Visitor.Reply(201, "worker-1", "", "", 2_000_000L + i * 10_000L);
      boolean right = i < accepted;
      Visitor.Reply verified =
          new Visitor.Reply(
              right ? 204 : 422,
              right ? "worker-1" : "worker-2",
              "",
              right ? "" : "MISSING",
              5_000_000);
      window.round(issued, verified);
      window.request(new Visitor.Reply(200, i < onFirst ? "worker-1" : "worker-2", "", "", 1));
    }
    return new RowResult(
        row,
        row.kept().text(),
        "builtin",
        WORKERS,
        List.of(window),
        new Cost(5.0, null),
        new Delay(seen, unseen),
        new Replay(200, 200, twice),
        new Crash(
            60,
            lost,
            60,
            lost,
            List.of(12L, 15L),
            LongStream.range(-7, 15).mapToObj(i -> new Crash.Event(i * 100, i != 1)).toList()),
        new Added(60, 4, 0));
  }

  private static Row row(Predicate<Row> which) {
    return Row.ALL.stream().filter(which).findFirst().orElseThrow();
  }

  /** One of rows with each kind of fault, and without. */
  static Report sample() {
    return new ReportTest().report();
  }

  private Report report() {
    return new Report(
        List.of(fault, sticky, even, synced, onMiss, redis, replicated),
        Map.of("8", "no <database>"),
        List.of("4 workers & more"));
  }

  private final RowResult fault = result(row(r -> r.id().equals("1")), 50, 50, 0, 30, List.of());
  private final RowResult sticky = result(row(r -> r.id().equals("2")), 100, 80, 0, 30, List.of());
  private final RowResult even = result(row(r -> r.id().equals("4a")), 100, 50, 0, 30, List.of());
  private final RowResult synced =
      result(row(r -> r.id().equals("5")), 60, 50, 200, 0, List.of(10L, 2_500L, 5_000L));
  private final RowResult onMiss =
      result(row(r -> r.id().equals("6")), 100, 50, 200, 0, List.of(0L, 0L));
  private final RowResult redis =
      result(row(r -> r.id().equals("9")), 100, 50, 0, 0, List.of(0L, 0L, 0L));
  private final RowResult replicated =
      result(row(r -> r.id().equals("11a")), 100, 50, 60, 3, List.of(0L, 20L), 1);

  @Test
  void aVerdictNamesEachFaultWithItsFigures() {
    assertThat(Verdicts.of(redis)).isEqualTo("No fault found.");
    assertThat(Verdicts.of(fault))
        .startsWith("Refuses 50 % of the right answers: 50 % are verified elsewhere; ");
    assertThat(Verdicts.of(sticky))
        .isEqualTo(
            "The busiest worker has 1.6 times the mean; a crash loses 30 of 60 logins; a crash"
                + " loses 30 of 60 open challenges.");
    assertThat(Verdicts.of(synced))
        .contains("accepts 200 of 200 answers twice")
        .endsWith("another worker sees a challenge after 2.5 s.");
    assertThat(Verdicts.of(replicated)).endsWith("another worker never sees 1 of 3 challenges.");
  }

  @Test
  void adviceThatAFigureContradictsIsSaidNotToHold() {
    List<Verdicts.Claim> claims =
        Verdicts.claims(List.of(fault, sticky, even, synced, onMiss, redis));

    assertThat(claims.stream().filter(claim -> !claim.holds()).map(Verdicts.Claim::advice))
        .containsExactly(
            "Stickiness loads workers unevenly (balancer's own cookie).",
            "With that, a shared file does as well as a store.",
            "A shared store costs latency.");
    assertThat(claims).hasSizeGreaterThan(10);
  }

  @Test
  void replicationIsHeldAgainstWhatIsSaidOfIt() {
    assertThat(Verdicts.claims(List.of(replicated)))
        .noneMatch(Verdicts.Claim::holds)
        .extracting(Verdicts.Claim::figures)
        .containsExactly(
            "100.0 % accepted; 1 of 3 challenges never seen elsewhere",
            "3 of 60 logins and 3 of 60 open challenges lost", "60 of 200 answers accepted twice");
  }

  @Test
  void theReportNeedsNoOtherFileAndHasAPictureAndATableForEachRow() {
    List<RowResult> results = List.of(fault, sticky, even, synced, onMiss, redis);

    String html =
        new Report(results, Map.of("8", "no <database>"), List.of("4 workers & more")).html();

    ValidHtml.check(html.replaceAll("(?s)<style>.*</style>", "")); // of styles it knows nothing
    assertThat(html).doesNotContain("http:", "https:", "<script", "src=", "href=", "url(");
    assertThat(html).contains("4 workers &amp; more", "Left out: no &lt;database&gt;.");
    assertThat(html.split("<svg role=\"img\"", -1)).hasSize(1 + 4 * results.size());
    assertThat(html.split("<title id=", -1)).hasSize(1 + 4 * results.size());
    for (RowResult result : results) {
      assertThat(html).contains("<th scope=\"row\">" + result.row().id() + "</th>");
    }
    assertThat(html).contains("seen by another worker: the first after 10 ms");
  }
}
