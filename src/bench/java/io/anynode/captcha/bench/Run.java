package io.anynode.captcha.bench;

import java.nio.file.Path;

/**
 * How the benchmark is run.
 *
 * @param folder where results go; it is there
 * @param quick whether all parts together may take five minutes, and not an hour
 */
public record Run(Path folder, boolean quick) {

  /** One of two values: for a quick run, or for a whole one. */
  public <T> T either(T ifQuick, T ifWhole) {
    return quick ? ifQuick : ifWhole;
  }
}
