package io.anynode.captcha.web;

import io.anynode.captcha.real.RealPostgres;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;

/** By the server's log of its statements: BEGIN goes along with what follows it. */
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
        List.of("BEGIN", "INSERT", "INSERT", "COMMIT"),
        List.of("SELECT"),
        List.of("SELECT"),
        List.of("DELETE"),
        List.of("BEGIN", "UPDATE", "INSERT", "COMMIT"));
  }
}
