package io.anynode.captcha.session.redis;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStoreContract;
import java.io.IOException;

/** The contract on one server: the build's own, or {@code CAPTCHA_TEST_REDIS_URI}. */
class RedisStoreTest extends SessionStoreContract {

  private final Backing backing = Backing.at(RealRedis.singleUri());

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
  protected void stopBacking() throws IOException {
    backing.delete();
  }
}
