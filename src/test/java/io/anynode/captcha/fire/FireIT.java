package io.anynode.captcha.fire;

import io.anynode.captcha.real.RealPostgres;
import org.junit.jupiter.api.Test;

/** The short selection from the table, at each build. */
class FireIT {

  @Test
  void redisIsStopped() throws Exception {
    Fire.under(Faults.redisStopped(4)).check();
  }

  @Test
  void postgresIsRestarted() throws Exception {
    Fire.under(
            Faults.databaseFault(
                "PostgreSQL killed and restarted",
                RealPostgres::start,
                (server, url) -> server.kill(),
                (server, url) -> server.startAgain(),
                2))
        .check();
  }

  @Test
  void aWorkerIsKilled() throws Exception {
    Fire.under(Faults.worker("worker killed")).check();
  }
}
