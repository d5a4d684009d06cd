package io.anynode.captcha.bench;

import io.anynode.captcha.server.RunningCluster;
import java.io.IOException;

/** How much of the machine's memory a worker of {@code java -jar captcha.war} takes. */
final class Memory implements Part {

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws IOException, InterruptedException {
    int rounds = run.either(500, 5_000);
    Sheet.Rows rows =
        sheet.table(
            "The memory of java -jar captcha.war --workers 2, MB resident",
            "",
            "a worker",
            "the front door, with H2 in it");
    try (RunningCluster cluster =
        RunningCluster.with("--workers", "2")
            .property("captcha.test-mode", "true")
            .property("captcha.session.jdbc.timeout", "10s")
            .property("captcha.rate.issue", "off")
            .property("captcha.rate.issue.network", "off")
            .start()) {
      add(rows, "ready", cluster);
      DemoVisitor visitor = new DemoVisitor(cluster.url());
      for (int i = 0; i < rounds; i++) {
        visitor.round();
      }
      add(rows, "after %,d logins".formatted(rounds), cluster);
    }
  }

  private static void add(Sheet.Rows rows, String when, RunningCluster cluster)
      throws IOException {
    rows.row(
        when,
        ProcessFigures.resident(cluster.worker("worker-1").pid()) / 1e6,
        ProcessFigures.resident(cluster.process().pid()) / 1e6);
  }
}
