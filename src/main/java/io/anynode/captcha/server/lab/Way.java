package io.anynode.captcha.server.lab;

/** How a front chooses the worker of a request. */
enum Way {
  /** The next in turn. */
  ROUND_ROBIN("round robin", false),
  /** Any. */
  RANDOM("random", false),
  /** The one with the fewest requests under way. */
  LEAST_CONNECTIONS("least connections", false),
  /** By the client's network, as nginx' {@code ip_hash}. */
  CLIENT_ADDRESS("client address hashed", true),
  /** By a cookie that the application gives at the first page, hashed. */
  VISITOR_COOKIE("application's cookie hashed", true),
  /** By the session's own cookie, as nginx' {@code hash $cookie_SESSION}. */
  SESSION_COOKIE("session cookie hashed", true),
  /** By a cookie of the front's own that names the worker, as HAProxy's {@code cookie}. */
  BALANCER_COOKIE("balancer's own cookie", true);

  private final String text;
  private final boolean sticky;

  Way(String text, boolean sticky) {
    this.text = text;
    this.sticky = sticky;
  }

  /** In words. */
  String text() {
    return text;
  }

  /** Whether it means to bring a visitor to the same worker each time. */
  boolean isSticky() {
    return sticky;
  }
}
