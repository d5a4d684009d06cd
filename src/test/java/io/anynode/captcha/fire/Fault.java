package io.anynode.captcha.fire;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A row of the table.
 *
 * @param name what happens
 * @param scene to what; started anew for the row
 * @param lasts how long
 * @param kept what must have become of the challenges that were issued before
 * @param note what a reader of the row should know; may be empty
 */
record Fault(String name, Callable<Scene> scene, Duration lasts, Kept kept, String note) {

  /** What the store promises of what it acknowledged before the fault. */
  enum Kept {
    /** It is there afterwards. */
    ALL,
    /** Some, or nothing; what is lost is missing, and never a pass. */
    SOME
  }

  Fault(String name, Callable<Scene> scene, int seconds, Kept kept) {
    this(name, scene, Duration.ofSeconds(seconds), kept, "");
  }

  Fault because(String reason) {
    return new Fault(name, scene, lasts, kept, reason);
  }

  Fault lasting(Duration other) {
    return new Fault(name, scene, other, kept, note);
  }

  @Override
  public String toString() {
    return name;
  }
}
