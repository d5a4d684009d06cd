package io.anynode.captcha.server;

import org.jspecify.annotations.Nullable;

/** Why a command does not start, in words for the one who started it. */
public final class StartFailure extends RuntimeException {

  static final int FAILED = 1;
  static final int BAD_USAGE = 2;

  private static final long serialVersionUID = 1L;

  private final int status;

  private StartFailure(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Something is in the way: a port, the store, a worker. */
  public static StartFailure failed(String message, @Nullable Throwable cause) {
    return new StartFailure(FAILED, message, cause);
  }

  /** What was asked for makes no sense. */
  public static StartFailure badUsage(String message) {
    return new StartFailure(BAD_USAGE, message, null);
  }

  /** The exit status. */
  int status() {
    return status;
  }
}
