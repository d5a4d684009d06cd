package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The servers and the nodes that a test has opened, and what it does with them. */
final class Opened {

  /** The setting's default. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** What the design promises to a visitor. */
  static final Duration PROMISED = Duration.ofSeconds(2);

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Ends it with the others. */
  <T extends AutoCloseable> T add(T other) {
    opened.add(0, other);
    return other;
  }

  RealRedis server(String... options) {
    return add(RealRedis.start(options));
  }

  SessionStore node(Backing backing, String uri) {
    return add(backing.open(uri, TIMEOUT));
  }

  SessionStore node(RealRedis server) {
    return node(Backing.at(server.uri()), server.uri());
  }

  /** Ends all, the newest first. */
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /** A session with one challenge. */
  static String saved(SessionStore node) {
    return Held.create(node).set("captcha.1", "content").save().id();
  }

  /** How long it takes until it fails as a store does. */
  static Duration failing(ThrowingCallable work) {
    long start = System.nanoTime();
    StoreUnavailableException fault = catchThrowableOfType(StoreUnavailableException.class, work);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(fault)
        .hasMessageContaining("captcha.session.redis.uri")
        .hasMessageContaining("127.0.0.1:");
    return took;
  }

  /** What so many threads get, all together so many times. */
  static <T> List<T> atOnce(int threads, int times, Callable<T> work) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      List<T> got = new ArrayList<>();
      for (Future<T> each : callers.invokeAll(Collections.nCopies(times, work))) {
        got.add(each.get());
      }
      return got;
    } finally {
      callers.shutdown();
    }
  }
}
