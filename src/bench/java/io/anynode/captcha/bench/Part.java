package io.anynode.captcha.bench;

/** One part of the benchmark. */
public interface Part {

  /** A short name: of its files, and for {@code -Dbench.only}. */
  String name();

  /**
   * Measures. What it starts has ended when this returns.
   *
   * @param sheet takes what was found
   * @param run how long this may take, and where files go
   * @throws Exception if a figure cannot be had; the other parts go on, and the benchmark fails
   */
  void measure(Sheet sheet, Run run) throws Exception;
}
