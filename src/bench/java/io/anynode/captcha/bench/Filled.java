package io.anynode.captcha.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A store with as many open challenges in it as one likes: copies of one that was issued. */
interface Filled extends AutoCloseable {

  /** What the store is called. */
  String title();

  /** The {@code captcha.} settings of its nodes. */
  Map<String, String> settings();

  /** Its processes, for {@link CpuTime}. */
  List<Long> pids();

  /**
   * Adds copies of a session with an open challenge, under ids of their own.
   *
   * @param from the number of the first; each number is used once
   * @param to the number behind the last
   * @param expires when the first expires
   * @param last how much later the last does, the others evenly in between; to the millisecond
   */
  void add(int from, int to, Instant expires, Duration last) throws IOException, SQLException;

  /** Takes out all sessions but the one that is copied, and leaves nothing of them behind. */
  void empty() throws IOException, SQLException;

  /** Has the store come to rest after many were added. */
  void settle() throws IOException, SQLException;

  /** How many sessions are in it, expired ones that are not gone yet included. */
  long sessions() throws IOException, SQLException;

  @Override
  void close();
}
