package io.anynode.captcha.session.memory;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStoreContract;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;

class MemoryStoreTest extends SessionStoreContract {

  private final Backing backing = new Backing();

  @Override
  protected SessionStore openNode() {
    return MemoryStore.over(backing, TestSettings.session(StoreKind.MEMORY));
  }

  @Override
  protected long storedSessions() {
    return backing.sessions.size();
  }

  @Override
  public boolean storesBytes() {
    return false;
  }

  @Override
  protected void damage(String sessionId, String attribute) {
    throw new AssertionError("Objects in memory cannot be damaged.");
  }
}
