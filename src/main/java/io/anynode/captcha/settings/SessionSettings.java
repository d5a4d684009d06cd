package io.anynode.captcha.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions live and how long: the settings under {@code captcha.session}.
 *
 * @param store which store
 * @param timeout how long a session lives after its last request; positive
 * @param touch how many percent of it may pass before the last request's time is written, 0 to 50
 * @param cleanup how often expired sessions are swept, on average: each node adds its own jitter
 * @param cookie the session cookie
 * @param jdbc for the {@code jdbc} store
 * @param redis for the {@code redis} store
 * @param file for the {@code file} store
 * @param memory for the {@code memory} store
 * @param serialFilter which classes an attribute may have, a pattern of {@link
 *     java.io.ObjectInputFilter.Config#createFilter}; null for those that no attack is known with
 */
public record SessionSettings(
    StoreKind store,
    Duration timeout,
    int touch,
    Duration cleanup,
    Cookie cookie,
    Jdbc jdbc,
    Redis redis,
    File file,
    Memory memory,
    @Nullable String serialFilter) {

  /**
   * The same for one application: its cookie's path is its own, unless another is set.
   *
   * @param contextPath the application's, empty for the root
   */
  public SessionSettings in(String contextPath) {
    return cookie.path() != null
        ? this
        : new SessionSettings(
            store,
            timeout,
            touch,
            cleanup,
            new Cookie(cookie.name(), contextPath + "/", cookie.sameSite(), cookie.secure()),
            jdbc,
            redis,
            file,
            memory,
            serialFilter);
  }

  /**
   * The session cookie.
   *
   * @param name its name, a token of RFC 6265
   * @param path its path; null for the application's context path, as long as that is not known
   * @param sameSite {@code Lax}, {@code Strict} or {@code None}
   * @param secure whether it is for HTTPS only; null to follow the request
   */
  public record Cookie(
      String name, @Nullable String path, String sameSite, @Nullable Boolean secure) {}

  /**
   * The database.
   *
   * @param url a JDBC URL; null for the container's, or the embedded H2
   * @param user the database user; null if the URL or the driver knows
   * @param password the user's password; null for none
   * @param jndi the name of the container's {@code DataSource}; null for none
   * @param poolSize the most connections that this node opens, 1 to 1,000
   * @param timeout how long a request waits for a connection or an answer; positive
   */
  public record Jdbc(
      @Nullable Hidden url,
      @Nullable String user,
      @Nullable Hidden password,
      @Nullable String jndi,
      int poolSize,
      Duration timeout) {}

  /**
   * The Redis server or servers.
   *
   * @param uri {@code redis://}, {@code rediss://} (TLS), {@code redis-sentinel://} or {@code
   *     redis-cluster://}, with user and password
   * @param namespace what each key begins with
   * @param poolSize the most connections that this node opens to a server, 1 to 1,000
   * @param timeout how long a request waits for a connection and an answer; positive
   */
  public record Redis(Hidden uri, String namespace, int poolSize, Duration timeout) {}

  /**
   * The shared folder.
   *
   * @param dir the folder; not null when the {@code file} store is chosen
   * @param sync whether each save and claim waits until the disk has it
   */
  public record File(@Nullable Path dir, boolean sync) {}

  /**
   * This node's memory.
   *
   * @param manyNodes whether several nodes may each keep sessions of their own
   */
  public record Memory(boolean manyNodes) {}
}
