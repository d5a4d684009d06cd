package io.anynode.captcha.web;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** What is logged to the root logger meanwhile, exceptions with all their causes included. */
final class CapturedLog extends Handler implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

  private CapturedLog() {
    setLevel(Level.ALL);
    root.addHandler(this);
  }

  /** Captures what is logged as it is set. */
  static CapturedLog start() {
    return new CapturedLog();
  }

  /** Captures all, down to the finest. */
  static CapturedLog ofAll() {
    CapturedLog log = new CapturedLog();
    log.root.setLevel(Level.ALL);
    return log;
  }

  /** The lines up to now. */
  String text() {
    return textWithout();
  }

  /** The lines up to now but those of loggers that begin so. */
  String textWithout(String... loggers) {
    SimpleFormatter formatter = new SimpleFormatter();
    return records.stream()
        .filter(line -> Arrays.stream(loggers).noneMatch(name(line)::startsWith))
        .map(line -> name(line) + " " + formatter.format(line))
        .collect(Collectors.joining());
  }

  private static String name(LogRecord line) {
    return String.valueOf(line.getLoggerName());
  }

  @Override
  public void publish(LogRecord line) {
    records.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(before);
  }
}
