package io.anynode.captcha.fire;

import io.anynode.captcha.real.RealPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short selection from the table, at each build. */
class FireIT {

  @Test
  void redisIsStoppedAndThenAWorkerIsKilled() throws Exception {
    Fire.inTurn(Faults.redisStopped(3), List.of(Faults.worker("worker killed (Redis)")))
        .forEach(Outcome::check);
  }

  @Test
  void postgresIsRestarted() throws Exception {
    Fire.under(
            DatabaseFaults.databaseFault(
                "PostgreSQL killed and restarted",
                RealPostgres::start,
                (server, url) -> server.kill(),
                (server, url) -> server.startAgain(),
                2))
        .check();
  }
}
