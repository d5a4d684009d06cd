package io.anynode.captcha.web;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs, from here to the end. */
final class Logged extends Handler implements AutoCloseable {

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Logged(Logger logger) {
    this.logger = logger;
  }

  /** Begins to listen. */
  static Logged by(Class<?> type) {
    Logged logged = new Logged(Logger.getLogger(type.getName()));
    logged.logger.addHandler(logged);
    return logged;
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
