package io.anynode.captcha.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Who is compared: a captcha, and how its sessions are kept, as its users set both up. */
enum Contestant {
  /** The usual way out: no store, and each visitor on one node. */
  KAPTCHA_MEMORY(
      "Kaptcha, Tomcat's memory, sticky",
      NoStore::new,
      (store, libraries) -> Nodes.Kind.of("kaptcha-memory", Map.of())),
  /** The captcha of most old pages, with Spring Session. */
  KAPTCHA_SPRING_REDIS(
      "Kaptcha, Spring Session Redis",
      RedisStore::start,
      (store, libraries) ->
          Nodes.Kind.of("kaptcha-spring-redis", Map.of("redis.port", port(store)))),
  /** The same with a database. */
  KAPTCHA_SPRING_JDBC(
      "Kaptcha, Spring Session JDBC",
      PostgresStore::forSpring,
      (store, libraries) -> Nodes.Kind.of("kaptcha-spring-jdbc", Map.of("jdbc.url", url(store)))),
  /** Its object in the session, and Tomcat's manager replaced; on the Tomcat that it is made for. */
  SIMPLECAPTCHA_REDISSON(
      "simplecaptcha, Redisson's Tomcat manager", RedisStore::start, Contestant::redisson),
  /** With what Tomcat itself has for several nodes without stickiness. */
  EASYCAPTCHA_TOMCAT_JDBC(
      "EasyCaptcha, Tomcat's DataSourceStore",
      PostgresStore::forTomcat,
      (store, libraries) ->
          Nodes.Kind.of("easycaptcha-tomcat-jdbc", Map.of("jdbc.url", url(store)))),
  /** This captcha. */
  OURS_REDIS(
      "ours, Redis",
      RedisStore::start,
      (store, libraries) ->
          Nodes.Kind.ours(
              Map.of(
                  "captcha.session.store",
                  "redis",
                  "captcha.session.redis.uri",
                  "redis://127.0.0.1:" + port(store)))),
  /** The same with a database. */
  OURS_JDBC(
      "ours, PostgreSQL",
      PostgresStore::start,
      (store, libraries) ->
          Nodes.Kind.ours(
              Map.of("captcha.session.store", "jdbc", "captcha.session.jdbc.url", url(store))));

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // these have no state
  private final Supplier<Store> stores;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Kinds kinds;

  Contestant(String title, Supplier<Store> stores, Kinds kinds) {
    this.title = title;
    this.stores = stores;
    this.kinds = kinds;
  }

  private interface Kinds {
    Nodes.Kind of(Store store, Path libraries) throws IOException;
  }

  /**
   * What its nodes are.
   *
   * @param libraries has a folder for each class path that is not this process' own
   */
  Nodes.Kind kind(Store store, Path libraries) throws IOException {
    return kinds.of(store, libraries);
  }

  /** What the table calls it. */
  String title() {
    return title;
  }

  /** Starts an empty store. */
  Store startStore() {
    return stores.get();
  }

  /** Whether each visitor has to stay on one node. */
  boolean isSticky() {
    return this == KAPTCHA_MEMORY;
  }

  /** The right answer to each of its pictures. */
  String answer() {
    return isOurs() ? "PASSED" : "aaaaa";
  }

  private boolean isOurs() {
    return this == OURS_REDIS || this == OURS_JDBC;
  }

  private static String port(Store store) {
    return store instanceof RedisStore redis ? Integer.toString(redis.server().port()) : "";
  }

  private static String url(Store store) {
    return store instanceof PostgresStore postgres ? postgres.url() : "";
  }

  private static Nodes.Kind redisson(Store store, Path libraries) throws IOException {
    Path file = Files.createTempFile("redisson-", ".yaml");
    file.toFile().deleteOnExit();
    Files.writeString(
        file,
        // Its usual codec cannot write simplecaptcha's object, which Java's own serialization can.
        """
        singleServerConfig:
          address: "redis://127.0.0.1:%s"
        codec: !<org.redisson.codec.SerializationCodec> {}
        """
            .formatted(port(store)));
    String own =
        Arrays.stream(Nodes.Kind.ownClassPath().split(File.pathSeparator, -1))
            .filter(
                entry ->
                    entry.endsWith("test-classes")
                        || entry.matches(".*/(simplecaptcha|filters|jspecify)-[^/]*"))
            .collect(Collectors.joining(File.pathSeparator));
    return new Nodes.Kind(
        "simplecaptcha-redisson",
        own + File.pathSeparator + libraries.resolve("redisson") + "/*",
        Map.of("redisson.file", file.toString()),
        List.of());
  }
}
