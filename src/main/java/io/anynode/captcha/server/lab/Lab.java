package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.Running;
import io.anynode.captcha.server.WorkerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Measures rows, one after the other, each on workers of its own.
 *
 * @param workers how many a row has; at least 2
 * @param plan how they are started
 * @param population who uses them
 * @param load how
 * @param fronts which front stands before a row's workers
 * @param folder for the fronts' files
 * @param stores supplies the rows' stores
 * @param running takes what is started
 */
record Lab(
    int workers,
    WorkerProcess.Plan plan,
    Population population,
    Load.Plan load,
    Fronts fronts,
    Path folder,
    Stores stores,
    Running running) {

  private static final int SAMPLES = 40;
  private static final int DOUBLE_SUBMITS = 200;
  private static final int CROWD = 60;

  /** How long a row is likely to take, in seconds. */
  double likelySeconds(Row row) {
    return load.length().toMillis() / 1e3 + 1.0 * workers + (row.kept() == Kept.SYNCED ? 14 : 3);
  }

  private static List<URI> addresses(Site site) {
    return site.nodes().stream().map(Site.Node::url).toList();
  }

  /** Measures a row. */
  RowResult measure(Row row) throws InterruptedException {
    HttpClient client = Visitor.newClient();
    Map<String, String> settings = stores.settings(row);
    Site site = running.add(Site.start(workers, plan, settings, fronts.open(row.way(), folder)));
    try (Cost.Gauge gauge = Gauges.of(row, settings);
        Crowd crowd = Crowd.of(CROWD, site.url(), client)) {
      List<String> names = site.nodes().stream().map(Site.Node::name).toList();
      List<URI> holding = addresses(site).subList(0, row.kept() == Kept.MEMORY ? 1 : workers);
      Double inHeaps = row.kept().isInHeaps() ? Heaps.bytes(holding, client) : null;
      List<Window> windows = Load.run(load, site.url(), population, client);
      Site.Node issuer = site.nodes().get(0);
      Site.Node other = site.nodes().get(1);
      Duration patience = row.kept().patience();
      Delay delay = Delay.measure(SAMPLES, patience, issuer.url(), other.url(), client);
      Replay replay = Replay.measure(DOUBLE_SUBMITS, patience, issuer.url(), other.url(), client);
      Cost cost = Cost.measure(gauge, site.url(), client);
      crowd.logIn();
      Crash crash = Crash.measure(site, crowd, client);
      Added added = Added.measure(site, crowd);
      return new RowResult(
          row,
          stores.name(row),
          site.front().name(),
          names,
          windows,
          row.kept().isInHeaps() ? cost.withBytes(inHeaps) : cost,
          delay,
          replay,
          crash,
          added);
    } finally {
      site.close();
    }
  }
}
