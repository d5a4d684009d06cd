package io.anynode.captcha.bench;

import io.anynode.captcha.container.Node;
import io.anynode.captcha.container.RealContainer;
import io.anynode.captcha.container.Tomcat;
import io.anynode.captcha.container.WarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the WAR costs that is dropped into a Tomcat as its project publishes it. */
final class Deployed implements Part {

  private static final Path WAR = Path.of("target", "captcha.war").toAbsolutePath();
  private static final double MOST = 1.5;

  private record Start(double seconds, double megabytes) {}

  @Override
  public String name() {
    return "deployed";
  }

  @Override
  public void measure(Sheet sheet, Run run) throws IOException, InterruptedException {
    Path empty =
        new WarBuilder().text("style.css", "/* */").write(run.folder(), "captcha");
    List<Start> without = new ArrayList<>();
    List<Start> with = new ArrayList<>();
    List<Start> served = new ArrayList<>();
    for (int i = 0; i < run.either(1, 7); i++) {
      without.add(start(empty, "/captcha/style.css"));
      with.add(start(WAR, "/captcha/style.css"));
      served.add(start(WAR, "/captcha/login.jsp"));
    }
    Sheet.Rows rows =
        sheet.table(
            "A start of Tomcat 11 with one WAR, median of %d".formatted(with.size()),
            "WAR",
            "s of CPU",
            "MB resident");
    rows.row("an empty one", median(without).seconds(), median(without).megabytes());
    rows.row("captcha.war", median(with).seconds(), median(with).megabytes());
    rows.row(
        "the same, and its login page once", median(served).seconds(), median(served).megabytes());
    sheet.timeAtMost(
        "WAR on Tomcat 11, s of CPU beyond an empty one",
        MOST,
        median(with).seconds() - median(without).seconds());
    sheet.note(
        "From the process's start to a first file of the WAR and until it is at rest, unpacking included;"
            + " Tomcat as it is published, with -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m.");
  }

  private static Start start(Path war, String path) throws IOException, InterruptedException {
    try (RealContainer tomcat = RealContainer.start(Tomcat.line("11"), new Node().war(war))) {
      tomcat.await(path, 200);
      return new Start(
          ProcessFigures.cpuSecondsAtRest(tomcat.pid()),
          ProcessFigures.resident(tomcat.pid()) / 1e6);
    }
  }

  private static Start median(List<Start> starts) {
    return new Start(
        Medians.of(starts.stream().map(Start::seconds).toList()),
        Medians.of(starts.stream().map(Start::megabytes).toList()));
  }
}
