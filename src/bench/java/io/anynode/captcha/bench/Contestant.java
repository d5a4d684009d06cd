package io.anynode.captcha.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is compared: a captcha, and how its sessions are kept, as its users set both up. */
enum Contestant {
  /** The usual way out: no store, and each visitor on one node. */
  KAPTCHA_MEMORY("Kaptcha, Tomcat's memory, sticky", true) {
    @Override
    Store startStore() {
      return new NoStore();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) {
      return Nodes.Kind.of("kaptcha-memory", Map.of());
    }
  },
  /** The captcha of most old pages, with Spring Session. */
  KAPTCHA_SPRING_REDIS("Kaptcha, Spring Session Redis", false) {
    @Override
    Store startStore() {
      return RedisStore.start();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) {
      return Nodes.Kind.of("kaptcha-spring-redis", Map.of("redis.port", port(store)));
    }
  },
  /** The same with a database. */
  KAPTCHA_SPRING_JDBC("Kaptcha, Spring Session JDBC", false) {
    @Override
    Store startStore() {
      return PostgresStore.forSpring();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) {
      return Nodes.Kind.of("kaptcha-spring-jdbc", Map.of("jdbc.url", url(store)));
    }
  },
  /** Its object in the session, and Tomcat's manager replaced; on the Tomcat that it is made for. */
  SIMPLECAPTCHA_REDISSON("simplecaptcha, Redisson's Tomcat manager", false) {
    @Override
    Store startStore() {
      return RedisStore.start();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) throws IOException {
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
  },
  /** With what Tomcat itself has for several nodes without stickiness. */
  EASYCAPTCHA_TOMCAT_JDBC(
      "EasyCaptcha, Tomcat's DataSourceStore", false) {
    @Override
    Store startStore() {
      return PostgresStore.forTomcat();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) {
      return Nodes.Kind.of("easycaptcha-tomcat-jdbc", Map.of("jdbc.url", url(store)));
    }
  },
  /** This captcha. */
  OURS_REDIS("ours, Redis", false) {
    @Override
    Store startStore() {
      return RedisStore.start();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) {
      return Nodes.Kind.ours(
          Map.of(
              "captcha.session.store",
              "redis",
              "captcha.session.redis.uri",
              "redis://127.0.0.1:" + port(store)));
    }
  },
  /** The same with a database. */
  OURS_JDBC("ours, PostgreSQL", false) {
    @Override
    Store startStore() {
      return PostgresStore.start();
    }

    @Override
    Nodes.Kind kind(Store store, Path libraries) {
      return Nodes.Kind.ours(
          Map.of("captcha.session.store", "jdbc", "captcha.session.jdbc.url", url(store)));
    }
  };

  private final String title;
  private final boolean sticky;

  Contestant(String title, boolean sticky) {
    this.title = title;
    this.sticky = sticky;
  }

  /**
   * What its nodes are.
   *
   * @param libraries has a folder for each class path that is not this process' own
   */
  abstract Nodes.Kind kind(Store store, Path libraries) throws IOException;

  /** What the table calls it. */
  String title() {
    return title;
  }

  /** Starts an empty store. */
  abstract Store startStore();

  /** Whether each visitor has to stay on one node. */
  boolean isSticky() {
    return sticky;
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
}
