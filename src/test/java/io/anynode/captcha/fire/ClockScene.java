package io.anynode.captcha.fire;

import io.anynode.captcha.real.WallClock;
import io.anynode.captcha.server.RunningCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A store that stays well, and a worker whose clock steps by so much, and back. Expired sessions
 * are swept each second, so that a live one that is taken for expired is gone.
 */
record ClockScene(Scene well, WallClock clock, Duration step) implements Scene {

  private static final String WORKER = "worker-2";

  static Scene of(Scene well, Duration step) {
    return new ClockScene(well, WallClock.of(WORKER), step);
  }

  @Override
  public String store() {
    return well.store();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(well.settings());
    settings.put("captcha.session.cleanup", "1s");
    return settings;
  }

  @Override
  public RunningCluster.Plan plan(RunningCluster.Plan plan) {
    return plan.java(clock.home());
  }

  @Override
  public void strike(RunningCluster cluster) {
    clock.set(step);
  }

  @Override
  public void mend(RunningCluster cluster) {
    clock.set(Duration.ZERO);
  }

  @Override
  public void close() {
    well.close();
    clock.close();
  }
}
