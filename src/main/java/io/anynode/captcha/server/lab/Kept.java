package io.anynode.captcha.server.lab;

import java.time.Duration;

/** Where the answer lives. */
enum Kept {
  /** Each worker's own. */
  MEMORY("worker's memory", Duration.ofMillis(500)),
  /** Memory and a shared file that is read each 5 seconds: {@link SyncedStore}. */
  SYNCED("memory + file each 5 s", Duration.ofSeconds(15)),
  /** The same, with the file read on a miss. */
  SYNCED_READ_ON_MISS("the same, read on a miss", Duration.ofSeconds(5)),
  /** The container's sessions, which Tomcat copies to all workers after each answer. */
  REPLICATED("DeltaManager, async", Duration.ofSeconds(5)),
  /** The same, but each answer waits until all workers have them. */
  REPLICATED_AT_ONCE("DeltaManager, sync", Duration.ofSeconds(5)),
  /** The store {@code file}. */
  FILE("file", Duration.ofSeconds(5)),
  /** The store {@code jdbc}. */
  JDBC("jdbc", Duration.ofSeconds(5)),
  /** The store {@code redis}. */
  REDIS("redis", Duration.ofSeconds(5));

  /** The property that tells a worker of its shared file; not one of the captcha's settings. */
  static final String SHARED_FILE = "lab.shared-file";

  /** The property that has it read on a miss. */
  static final String READ_ON_MISS = "lab.read-on-miss";

  private final String text;
  private final Duration patience;

  Kept(String text, Duration patience) {
    this.text = text;
    this.patience = patience;
  }

  /** In words. */
  String text() {
    return text;
  }

  /** Whether it is in the workers' heaps alone, so that only those can be asked for its size. */
  boolean isInHeaps() {
    return this == MEMORY || this == REPLICATED || this == REPLICATED_AT_ONCE;
  }

  /** How long to look for a challenge on another worker before it is said to stay unseen. */
  Duration patience() {
    return patience;
  }
}
