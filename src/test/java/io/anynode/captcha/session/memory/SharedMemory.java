package io.anynode.captcha.session.memory;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.SessionSettings;

/** One memory for several nodes in one JVM, for tests of what stands on a store. */
public final class SharedMemory {

  private final Backing backing = new Backing();

  /** One more node over it. */
  public SessionStore open(SessionSettings settings) {
    return MemoryStore.over(backing, settings);
  }
}
