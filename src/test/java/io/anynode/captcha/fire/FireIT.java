package io.anynode.captcha.fire;

import static io.anynode.captcha.fire.Fault.Kept.ALL;

import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import org.junit.jupiter.api.Test;

/** The short selection from the table, at each build. */
class FireIT {

  @Test
  void redisIsStopped() throws Exception {
    Fire.under(
            new Fault(
                "Redis stopped for 5 s",
                () -> RedisScene.of(RealRedis::freeze, RealRedis::thaw),
                5,
                ALL))
        .check();
  }

  @Test
  void postgresIsRestarted() throws Exception {
    Fire.under(
            new Fault(
                "PostgreSQL restarted",
                () ->
                    DatabaseScene.of(
                        RealPostgres.start(),
                        (server, url) -> server.kill(),
                        (server, url) -> server.startAgain()),
                2,
                ALL))
        .check();
  }
}
