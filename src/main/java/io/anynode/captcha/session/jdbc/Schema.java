package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.session.StoreUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Creates tables that are missing, and leaves those that are there alone. */
final class Schema {

  /** Several nodes may create at once; after this many rounds it is not that. */
  private static final int ROUNDS = 5;

  private final JdbcTemplate jdbc;
  private final TransactionOperations single;
  private final Dialect dialect;

  /**
   * Reaches no database yet.
   *
   * @param single runs one statement in a transaction of its own
   */
  Schema(JdbcTemplate jdbc, TransactionOperations single, Dialect dialect) {
    this.jdbc = jdbc;
    this.single = single;
    this.dialect = dialect;
  }

  /** Creates the session tables if one of them is missing. */
  void ensureSessions() {
    ensure(
        List.of("SPRING_SESSION", "SPRING_SESSION_ATTRIBUTES"),
        dialect.schema(),
        "Run " + dialect.schemaResource() + " from this library's jar");
  }

  /** Creates the table of what the nodes agree on, if it is missing. */
  void ensureAgreed() {
    ensure(
        List.of("CAPTCHA_AGREED"), List.of(Sql.CREATE_AGREED), "Run \"" + Sql.CREATE_AGREED + "\"");
  }

  /** Creates the table of counts, if it is missing. */
  void ensureCounts() {
    ensure(
        List.of("CAPTCHA_COUNTS"),
        List.of(Sql.CREATE_COUNTS, Sql.INDEX_COUNTS),
        "Run \"" + Sql.CREATE_COUNTS + "\" and \"" + Sql.INDEX_COUNTS + "\"");
  }

  /**
   * Runs each statement by itself and goes on when one fails: another node may just have run it, or
   * one that was killed in the middle.
   */
  private void ensure(List<String> tables, List<String> statements, String advice) {
    @Nullable DataAccessException failure = null;
    for (int round = 0; round < ROUNDS; round++) {
      if (present(tables)) {
        return;
      }
      for (String statement : statements) {
        DataAccessException failed = run(statement);
        failure = failure == null ? failed : failure;
      }
    }
    if (!present(tables)) {
      throw new StoreUnavailableException(
          "The database has no tables "
              + String.join(", ", tables)
              + " that the user of captcha.session.jdbc can read, and that user cannot create them. "
              + advice
              + " as one who can, or grant the right to create tables.",
          failure == null ? new IllegalStateException("created, but not seen") : failure);
    }
  }

  private @Nullable DataAccessException run(String statement) {
    try {
      single.executeWithoutResult(status -> jdbc.execute(statement));
      return null;
    } catch (DataAccessException e) {
      return e;
    }
  }

  /**
   * Whether all can be read: asked of the table itself, as catalogs differ in names and schemas.
   */
  private boolean present(List<String> tables) {
    try {
      for (String table : tables) {
        String none = "SELECT 1 FROM " + table + " WHERE 1 = 0";
        single.executeWithoutResult(status -> jdbc.queryForList(none));
      }
      return true;
    } catch (BadSqlGrammarException e) {
      return false;
    }
  }
}
