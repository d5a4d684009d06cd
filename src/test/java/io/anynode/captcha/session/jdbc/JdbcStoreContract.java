package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.atOnce;
import static io.anynode.captcha.session.jdbc.Nodes.codec;
import static io.anynode.captcha.session.jdbc.Nodes.open;
import static io.anynode.captcha.session.jdbc.Nodes.request;
import static io.anynode.captcha.session.jdbc.Nodes.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStoreContract;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.UnstorableAttributeException;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store in a database promises beside the contract of all stores. */
abstract class JdbcStoreContract extends SessionStoreContract {

  private static final int SAVERS = 6;
  private static final int SAVES = 60;

  private @Nullable String url;

  /** The URL of a new, empty database, with user and password in it. */
  abstract String newDatabase() throws Exception;

  /** Creates a user who may read and write all tables, but not create any. */
  abstract void createRestrictedUser(Statement admin, String user, String password)
      throws SQLException;

  /** The database that all nodes of the contract share. */
  private String url() throws Exception {
    String known = url;
    if (known == null) {
      known = newDatabase();
      url = known;
    }
    return known;
  }

  @Override
  protected SessionStore openNode() throws Exception {
    return open(url());
  }

  @Override
  protected long storedSessions() throws Exception {
    return count(url(), "SPRING_SESSION");
  }

  private static long count(String url, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(String url, List<String> statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Dialect dialect(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      return Objects.requireNonNull(dialect);
    }
  }

  @Override
  protected void damage(String sessionId, String attribute) throws Exception {
    String sql =
        "UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = ? WHERE ATTRIBUTE_NAME = ?"
            + " AND SESSION_PRIMARY_ID ="
            + " (SELECT PRIMARY_ID FROM SPRING_SESSION WHERE SESSION_ID = ?)";
    try (Connection connection = DriverManager.getConnection(url());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, new byte[] {1, 2, 3});
      statement.setString(2, attribute);
      statement.setString(3, sessionId);
      statement.executeUpdate();
    }
  }

  /** The id of a session, which changes at each login. */
  private static final class Id {
    private volatile String value;

    Id(String value) {
      this.value = value;
    }
  }

  // The tables

  @Test
  void fourNodesThatStartAtOnceOnAnEmptyDatabaseAllWork() throws Exception {
    for (int round = 0; round < 5; round++) {
      String empty = newDatabase();
      List<JdbcStore> nodes = List.of(open(empty), open(empty), open(empty), open(empty));
      try {
        List<Callable<String>> starts = new ArrayList<>();
        for (JdbcStore node : nodes) {
          starts.add(() -> node.agree("secret", saved(node, "start", "s")));
        }

        assertThat(new HashSet<>(atOnce(starts))).hasSize(1);
        assertThat(count(empty, "SPRING_SESSION")).isEqualTo(4);
        assertThat(indexes(empty, "SPRING_SESSION"))
            .contains("spring_session_ix1", "spring_session_ix2", "spring_session_ix3");
      } finally {
        nodes.forEach(JdbcStore::close);
      }
    }
  }

  @Test
  void tablesThatAreThereAreLeftAlone() throws Exception {
    String present = newDatabase();
    List<String> own =
        dialect(present).schema().stream().filter(sql -> !sql.contains("SESSION_IX3")).toList();
    execute(present, own);
    execute(present, List.of("ALTER TABLE SPRING_SESSION ADD ADMINS_NOTE VARCHAR(10)"));

    try (JdbcStore node = open(present)) {
      String id = saved(node, "captcha.1", "content");
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
    }

    assertThat(indexes(present, "SPRING_SESSION")).doesNotContain("spring_session_ix3");
    assertThatThrownBy(() -> count(present, "CAPTCHA_AGREED")).isInstanceOf(SQLException.class);
    execute(present, List.of("UPDATE SPRING_SESSION SET ADMINS_NOTE = 'here'"));
  }

  @Test
  void tablesThatWereCreatedHalfWayAreCompleted() throws Exception {
    String half = newDatabase();
    execute(half, dialect(half).schema().subList(0, 2));

    try (JdbcStore node = open(half)) {
      assertThat(node.claim(saved(node, "captcha.1", "content"), "captcha.1")).isEqualTo("content");
    }
  }

  private static Set<String> indexes(String url, String table) throws SQLException {
    Set<String> names = new HashSet<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      for (String name : List.of(table, table.toLowerCase(Locale.ROOT))) {
        try (ResultSet rows =
            connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), null, name, false, true)) {
          while (rows.next()) {
            names.add(String.valueOf(rows.getString("INDEX_NAME")).toLowerCase(Locale.ROOT));
          }
        }
      }
    }
    return names;
  }

  @Test
  void aUserWhoMayNotCreateTablesIsToldWhatToRunAndGoesOnOnceItIsRun() throws Exception {
    String empty = newDatabase();
    String user = "restricted_" + Long.toHexString(System.nanoTime());
    try (Connection connection = DriverManager.getConnection(empty);
        Statement statement = connection.createStatement()) {
      createRestrictedUser(statement, user, "of-the-restricted");
    }
    String restricted = asUser(empty, user, "of-the-restricted");

    try (JdbcStore node = open(restricted)) {
      assertThatThrownBy(() -> node.sessions().createSession())
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("SPRING_SESSION")
          .hasMessageContaining("captcha.session.jdbc")
          .hasMessageContaining(dialect(empty).schemaResource());

      execute(empty, dialect(empty).schema());
      granted(empty, user, "SPRING_SESSION", "SPRING_SESSION_ATTRIBUTES");
      assertThat(node.claim(saved(node, "captcha.1", "content"), "captcha.1")).isEqualTo("content");
      assertThatThrownBy(() -> node.agree("secret", "mine"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("CREATE TABLE CAPTCHA_AGREED");
    }
  }

  private static void granted(String url, String user, String... tables) throws SQLException {
    for (String table : tables) {
      execute(url, List.of("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + user));
    }
  }

  private static String asUser(String url, String user, String password) {
    return url.replaceFirst("(?i)(user=)[^&;]*", "$1" + user)
        .replaceFirst("(?i)(password=)[^&;]*", "$1" + password);
  }

  // What goes wrong

  @Test
  void aWrongPasswordIsToldWithoutIt() throws Exception {
    String wrong = "wrong-but-secret-77";
    String there = url();
    SessionSettings settings =
        TestSettings.withJdbc(
            TestSettings.session(StoreKind.JDBC),
            new SessionSettings.Jdbc(
                new Hidden(there.replaceFirst("(?i)(password=)[^&;]*", "$1" + wrong)),
                null,
                null,
                null,
                2,
                Duration.ofSeconds(1)));

    try (JdbcStore node = open(settings)) {
      assertThatThrownBy(() -> node.sessions().findById("00000000-0000-0000-0000-000000000000"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("captcha.session.jdbc.url, .user and .password")
          .satisfies(thrown -> assertThat(stackOf(thrown)).doesNotContain(wrong));
    }
  }

  private static String stackOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void anAttributeThatDoesNotFitIsToldAndNotLostInSilence() {
    String id = saved(a(), "start", "s");
    assertThatThrownBy(
            () -> request(a(), id, session -> session.setAttribute("n".repeat(201), "v")))
        .isInstanceOf(UnstorableAttributeException.class)
        .hasMessageContaining("200 characters");
    assertThatThrownBy(() -> saved(a(), "n".repeat(201), "v"))
        .isInstanceOf(UnstorableAttributeException.class);
  }

  // Many requests of one session

  @Test
  void savesClaimsRotationsAndTheEndOfOneSessionNeverFailEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      Id id = new Id(saved(a(), "start", "s"));
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int saver = 0; saver < SAVERS; saver++) {
        SessionStore node = saver % 2 == 0 ? a() : b();
        work.add(() -> savesOften(node, id));
      }
      work.add(() -> rotatesOften(a(), id));
      work.add(() -> claimsOften(b(), id));

      assertThat(atOnce(work)).containsOnly(true);
      assertThat((Object) a().sessions().findById(id.value)).isNotNull();

      work.set(SAVERS, () -> deletes(a(), id));
      assertThat(atOnce(work)).containsOnly(true);
      assertThat((Object) a().sessions().findById(id.value)).isNull();
    }
  }

  private static boolean savesOften(SessionStore node, Id id) {
    for (int i = 0; i < SAVES; i++) {
      String number = Integer.toString(i);
      request(
          node,
          id.value,
          session -> {
            Map.of("captcha." + number, number, "z", number, "a", number)
                .forEach(session::setAttribute);
            session.removeAttribute("m");
            session.setAttribute("m" + number, "m");
          });
    }
    return true;
  }

  private static boolean rotatesOften(SessionStore node, Id id) {
    for (int i = 0; i < SAVES; i++) {
      request(node, id.value, session -> id.value = session.changeSessionId());
    }
    return true;
  }

  private static boolean claimsOften(SessionStore node, Id id) {
    for (int i = 0; i < SAVES; i++) {
      String unused = node.claim(id.value, "captcha." + i);
    }
    return true;
  }

  private static boolean deletes(SessionStore node, Id id) {
    node.sessions().deleteById(id.value);
    return true;
  }

  // The sweep

  @Test
  void whatIsExpiredByTheNodesClockIsAbsentAndLeftToTheSweepWhichAsksTheDatabasesClock()
      throws Exception {
    String empty = newDatabase();
    SessionSettings settings = notSweeping(empty);
    try (Source source =
        Source.of(
            settings.jdbc(), Path.of("not-to-be-used"), JdbcStoreContract.class.getClassLoader())) {
      Database database = Database.prepare(source, settings, codec());
      StoredSession session = database.create();
      session.setLastAccessedTime(Instant.now().minus(Duration.ofHours(1)));
      database.save(session);

      assertThat(database.find(session.getId())).isNull();
      assertThat(count(empty, "SPRING_SESSION")).isEqualTo(1);
      assertThat(database.sweep(10)).isEqualTo(1);
      assertThat(count(empty, "SPRING_SESSION")).isZero();
    }
  }

  @Test
  void aSweepDeletesNoMoreThanItsBatch() throws Exception {
    String empty = newDatabase();
    SessionSettings settings = notSweeping(empty);
    try (Source source =
        Source.of(
            settings.jdbc(), Path.of("not-to-be-used"), JdbcStoreContract.class.getClassLoader())) {
      Database database = Database.prepare(source, settings, codec());
      for (int i = 0; i < 25; i++) {
        StoredSession session = database.create();
        session.setLastAccessedTime(Instant.now().minus(Duration.ofHours(i < 24 ? 1 : 0)));
        session.setAttribute("captcha.1", "content");
        database.save(session);
      }

      assertThat(List.of(database.sweep(10), database.sweep(10), database.sweep(10)))
          .containsExactly(10, 10, 4);
      assertThat(database.sweep(10)).isZero();
      assertThat(count(empty, "SPRING_SESSION")).isEqualTo(1);
      assertThat(count(empty, "SPRING_SESSION_ATTRIBUTES")).isEqualTo(1);
    }
  }

  /** Of nodes that sweep when they are told to, and not by themselves. */
  static SessionSettings notSweeping(String url) {
    return TestSettings.withCleanup(
        TestSettings.withJdbc(TestSettings.session(StoreKind.JDBC), url, null, null),
        Duration.ofDays(1));
  }
}
