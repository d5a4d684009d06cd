package io.anynode.captcha.session.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Opens nodes over a database, and has them do what a request does. */
final class Nodes {

  private Nodes() {}

  static JdbcStore open(String url) {
    return open(TestSettings.withJdbc(TestSettings.session(StoreKind.JDBC), url, null, null));
  }

  static JdbcStore open(SessionSettings settings) {
    return JdbcStore.open(
        settings, Path.of("not-to-be-used"), codec(), Nodes.class.getClassLoader());
  }

  static AttributeCodec codec() {
    return new AttributeCodec(Nodes.class.getClassLoader(), null);
  }

  /** A session with one attribute, written by this node. */
  static String saved(SessionStore node, String attribute, Object value) {
    return saved(node.sessions(), attribute, value);
  }

  private static <S extends Session> String saved(
      SessionRepository<S> sessions, String attribute, Object value) {
    S session = sessions.createSession();
    session.setAttribute(attribute, value);
    sessions.save(session);
    return session.getId();
  }

  /** What a request changes. */
  interface Change {
    void in(Session session);
  }

  /** One request: reads the session, changes it, and saves it. */
  static void request(SessionStore node, String id, Change change) {
    request(node.sessions(), id, change);
  }

  private static <S extends Session> void request(
      SessionRepository<S> sessions, String id, Change change) {
    S session = sessions.findById(id);
    if (session != null) {
      change.in(session);
      sessions.save(session);
    }
  }

  /** Runs all at the same moment; the first failure is thrown. */
  static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      CyclicBarrier start = new CyclicBarrier(work.size());
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> each : work) {
        running.add(
            threads.submit(
                () -> {
                  start.await(30, SECONDS);
                  return each.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
