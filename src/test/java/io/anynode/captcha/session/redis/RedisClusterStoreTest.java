package io.anynode.captcha.session.redis;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.RealRedisCluster;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStoreContract;
import java.io.IOException;

/** The contract on a Redis Cluster, where the two ids of a rotation lie on different nodes. */
class RedisClusterStoreTest extends SessionStoreContract {

  private final RealRedisCluster cluster = RealRedisCluster.start();
  private final Backing backing =
      Backing.at(cluster.uri(), cluster.nodes().stream().map(RealRedis::uri).toList());

  @Override
  protected SessionStore openNode() {
    return backing.open();
  }

  @Override
  protected long storedSessions() throws IOException {
    return backing.storedSessions();
  }

  @Override
  protected void damage(String sessionId, String attribute) throws IOException {
    backing.damage(sessionId, attribute);
  }

  @Override
  protected void stopBacking() {
    cluster.close();
  }
}
