package io.anynode.captcha.web;

import io.anynode.captcha.real.RealMariaDb;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;

/** By the server's general log. */
class MariaDbTripsTest extends TripsContract {

  private static final RealMariaDb SERVER = RealMariaDb.start();

  private static final String URL = SERVER.database();

  MariaDbTripsTest() {
    // One connection: what the pool says to those that it opens meanwhile would be counted.
    super("session.store=jdbc", "session.jdbc.url=" + URL, "session.jdbc.pool-size=1");
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  @Override
  List<String> trips(Runnable request) {
    return SERVER.statements(URL, request).stream()
        .map(statement -> statement.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT))
        .toList();
  }

  @Override
  Expected expected() {
    return new Expected(
        List.of("SET", "INSERT", "INSERT", "COMMIT", "SET"),
        List.of("SELECT"),
        List.of("SELECT"),
        List.of("DELETE"),
        List.of("SET", "UPDATE", "INSERT", "COMMIT", "SET"),
        List.of("SET", "UPDATE", "SELECT", "COMMIT", "SET"));
  }
}
