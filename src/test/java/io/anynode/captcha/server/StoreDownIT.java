package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cluster whose Redis dies under it, and comes back. */
class StoreDownIT {

  /** A visitor who waits no longer makes a late answer a failure. */
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @Test
  void aLoginIsRefusedAtOnceWhileTheStoreIsDownAndNotAfter() {
    try (RealRedis redis = RealRedis.start();
        RunningCluster cluster =
            RunningCluster.with("--workers", "2", "--store", "redis")
                .property("captcha.session.redis.uri", redis.uri())
                .property("captcha.test-mode", "true")
                .start()) {
      for (RunningCluster.Worker worker : cluster.workers()) {
        assertThat(logIn(worker.url())).isEqualTo(303);
      }
      Visitor visitor = new Visitor(TWO_SECONDS);
      Page page = visitor.login(cluster.url());

      redis.kill();
      URI health = cluster.url().resolve("/captcha/health");
      for (int i = 0; i < 4; i++) {
        Answer form = visitor.post(cluster.url(), page.id(), "PASSED");
        assertThat(form.status()).isEqualTo(503);
        assertThat(form.header("Retry-After")).matches("\\d+");
        assertThat(form.header("Captcha-Verdict")).isEqualTo("UNAVAILABLE");
        assertThat(form.servedBy()).startsWith("worker-");
        assertThat(visitor.get(health).status()).isEqualTo(503);
      }

      redis.restart();
      for (RunningCluster.Worker worker : cluster.workers()) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> new Visitor().get(worker.url().resolve("/captcha/health")).status() == 200);
        assertThat(logIn(worker.url())).isEqualTo(303);
      }
    }
  }

  private static int logIn(URI worker) {
    Visitor visitor = new Visitor();
    return visitor.post(worker, visitor.login(worker).id(), "PASSED").status();
  }
}
