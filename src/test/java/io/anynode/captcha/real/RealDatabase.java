package io.anynode.captcha.real;

/** A database server of one test's own, which may be stopped, killed and held. */
public interface RealDatabase extends AutoCloseable {

  /** The URL of a new, empty database on this server, with user and password in it. */
  String database();

  /** Stops it in good order. */
  void stop();

  /** Kills it, as a power cut would. */
  void kill();

  /** Starts it again, with what it had stored, on the same port. */
  void startAgain();

  /** Has it answer no more, though its port is open; until {@link #resume}. */
  void pause();

  /** Goes on after {@link #pause}. */
  void resume();

  /** Stops it and deletes what it stored. */
  @Override
  void close();
}
