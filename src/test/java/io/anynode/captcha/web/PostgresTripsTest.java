package io.anynode.captcha.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.session.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** By the server's log of its statements. */
class PostgresTripsTest extends TripsContract {

  private static final RealPostgres SERVER = RealPostgres.start();

  private static final String URL = logged(SERVER.database());

  PostgresTripsTest() {
    // One connection: what the pool says to those that it opens meanwhile would be counted.
    super("session.store=jdbc", "session.jdbc.url=" + URL, "session.jdbc.pool-size=1");
  }

  private static String logged(String url) {
    SERVER.logStatements(url);
    return url;
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  @Override
  List<String> trips(Runnable request) {
    return SERVER.statements(request).stream()
        .map(statement -> statement.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT))
        .toList();
  }

  @Override
  Expected expected() {
    return new Expected(
        List.of("WITH"),
        List.of("SELECT"),
        List.of("SELECT"),
        List.of("DELETE"),
        List.of("WITH"),
        List.of("UPDATE"));
  }

  @Test
  void aSaveIsOneStatementHoweverManyAttributesItAddsChangesAndRemoves() {
    try (SessionStore node = open()) {
      String id = saved(node.sessions(), null, session -> set(session, "changed", "a", "b", "c"));

      assertThat(
              trips(
                  () ->
                      saved(
                          node.sessions(),
                          id,
                          session -> {
                            set(session, "changed", "a", "added", "more");
                            session.removeAttribute("b");
                            session.removeAttribute("c");
                          })))
          .containsExactly("SELECT", "WITH");
      assertThat(trips(() -> saved(node.sessions(), id, PostgresTripsTest::touch)))
          .containsExactly("SELECT", "UPDATE");
    }
  }

  @Test
  void aNewIdAtLoginIsOneTransactionWithWhatElseIsSaved() {
    try (SessionStore node = open()) {
      String id = saved(node.sessions(), null, session -> set(session, "before"));

      assertThat(
              trips(
                  () ->
                      saved(
                          node.sessions(),
                          id,
                          session -> {
                            String unused = session.changeSessionId();
                            set(session, "user");
                          })))
          .containsExactly("SELECT", "BEGIN", "UPDATE", "WITH", "COMMIT");
    }
  }

  private static <S extends Session> String saved(
      SessionRepository<S> sessions, @Nullable String id, Consumer<Session> change) {
    S session = id == null ? sessions.createSession() : requireNonNull(sessions.findById(id));
    change.accept(session);
    sessions.save(session);
    return session.getId();
  }

  private static void set(Session session, String... names) {
    for (String name : names) {
      session.setAttribute(name, "value");
    }
  }

  private static void touch(Session session) {
    session.setLastAccessedTime(Instant.now());
  }
}
