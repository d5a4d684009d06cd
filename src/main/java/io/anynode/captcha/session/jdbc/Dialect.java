package io.anynode.captcha.session.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

/**
 * What differs from one database to the next: the schema, and the statements that need more than
 * standard SQL.
 */
enum Dialect {
  H2(
      "H2",
      JdbcIndexedSessionRepository.class,
      "schema-h2.sql",
      """
      MERGE INTO %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
      KEY (SESSION_PRIMARY_ID, ATTRIBUTE_NAME)
      VALUES (?, ?, ?)
      """,
      "SELECT ATTRIBUTE_BYTES, " + Sql.CREATED + " FROM OLD TABLE (" + Sql.DELETE_CLAIMED + ")",
      "DELETE FROM SPRING_SESSION WHERE EXPIRY_TIME < ? FETCH FIRST ? ROWS ONLY"),

  /**
   * Its statements of attributes are parts of one, see {@link OneStatement}.
   *
   * <p>One node sweeps at a time, or they would keep the database busy together: who does not get
   * the lock, which is asked for once a statement and goes with it, finds nothing to delete. It is
   * of the transaction, not of the connection, which a pool between may give to others; and it is
   * named by a number of the captcha's own and the table, of which each schema has another.
   */
  POSTGRESQL(
      "PostgreSQL",
      JdbcIndexedSessionRepository.class,
      "schema-postgresql.sql",
      """
      INSERT INTO %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
      SELECT ?, ?, ? FROM SAVED
      ON CONFLICT (SESSION_PRIMARY_ID, ATTRIBUTE_NAME)
      DO UPDATE SET ATTRIBUTE_BYTES = EXCLUDED.ATTRIBUTE_BYTES
      """,
      Sql.DELETE_CLAIMED + " RETURNING ATTRIBUTE_BYTES, " + Sql.CREATED,
      """
      DELETE FROM SPRING_SESSION WHERE PRIMARY_ID = ANY (ARRAY (
      SELECT PRIMARY_ID FROM SPRING_SESSION WHERE EXPIRY_TIME < ?
      AND (SELECT pg_try_advisory_xact_lock(1128353876, CAST('spring_session'::regclass AS int)))
      LIMIT ? FOR UPDATE SKIP LOCKED))
      """),

  MARIADB(
      "MariaDB",
      Dialect.class,
      "schema-mysql.sql",
      Sql.MYSQL_ADD_ATTRIBUTE,
      Sql.DELETE_CLAIMED + " RETURNING ATTRIBUTE_BYTES, " + Sql.CREATED,
      Sql.MYSQL_SWEEP),

  /** It has no statement that deletes a row and answers with it. */
  MYSQL("MySQL", Dialect.class, "schema-mysql.sql", Sql.MYSQL_ADD_ATTRIBUTE, null, Sql.MYSQL_SWEEP);

  private final String product;
  private final Class<?> schemaOwner;
  private final String schema;
  private final String addAttribute;
  private final @Nullable String takeAttribute;
  private final String sweep;

  Dialect(
      String product,
      Class<?> schemaOwner,
      String schema,
      String addAttribute,
      @Nullable String takeAttribute,
      String sweep) {
    this.product = product;
    this.schemaOwner = schemaOwner;
    this.schema = schema;
    this.addAttribute = addAttribute;
    this.takeAttribute = takeAttribute;
    this.sweep = sweep;
  }

  /**
   * The dialect of a database.
   *
   * @param product what its driver says it is
   * @return null if it is none of ours
   */
  static @Nullable Dialect of(String product) {
    return Arrays.stream(values()).filter(d -> d.product.equals(product)).findFirst().orElse(null);
  }

  /** Reads a session with its attributes. Parameter: its id. */
  String readSession() {
    // A hexadecimal literal is a bit string to PostgreSQL.
    return Sql.READ_SESSION.formatted(this == POSTGRESQL ? "DECODE('73', 'hex')" : "X'73'");
  }

  /** Adds an attribute to a stored session, and overwrites one that another request just added. */
  String addAttribute() {
    return addAttribute;
  }

  /**
   * Changes an attribute that is still there. Parameters: its bytes, the session's key, its name.
   */
  String updateAttribute() {
    return Sql.UPDATE_ATTRIBUTE.formatted(savesAtOnce() ? "FROM SAVED" : "");
  }

  /** Removes an attribute. Parameters: the session's key, its name. */
  String removeAttribute() {
    return Sql.REMOVE_ATTRIBUTE.formatted(savesAtOnce() ? "USING SAVED" : "");
  }

  /** Whether a session's save is {@link OneStatement}. */
  boolean savesAtOnce() {
    return this == POSTGRESQL;
  }

  /**
   * Deletes an attribute and answers with its bytes, and with when its session was begun.
   * Parameters: name, session id, now in milliseconds.
   *
   * @return null if it takes two statements here: {@link Sql#READ_WHOLE}, then {@link
   *     Sql#DELETE_CLAIMED}
   */
  @Nullable String takeAttribute() {
    return takeAttribute;
  }

  /**
   * Adds to a count, and answers with its total and its end. Parameters: as {@link Sql#COUNT} has
   * them.
   *
   * @return null if it takes two statements here: that, then {@link Sql#READ_COUNT}
   */
  @Nullable String countAndRead() {
    return switch (this) {
      case H2 -> "SELECT TOTAL, ENDS FROM FINAL TABLE (" + Sql.COUNT + ")";
      case POSTGRESQL -> Sql.COUNT + " RETURNING TOTAL, ENDS";
      case MARIADB, MYSQL -> null;
    };
  }

  /**
   * Deletes expired sessions; on PostgreSQL, none while another node is at it. Parameters: now in
   * milliseconds, how many at most.
   */
  String sweep() {
    return sweep;
  }

  /** Asks for the database's time in milliseconds since 1970. */
  String now() {
    return switch (this) {
      case H2, POSTGRESQL -> "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
      case MARIADB, MYSQL -> "SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)";
    };
  }

  /** Where the script of the session tables lies in the class path. */
  String schemaResource() {
    return schemaOwner.getPackageName().replace('.', '/') + '/' + schema;
  }

  /** The statements that create the session tables and their indexes. */
  List<String> schema() {
    try (InputStream script = Objects.requireNonNull(schemaOwner.getResourceAsStream(schema))) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.replaceAll("(?m)^--.*$", "").split(";"))
          .filter(statement -> !statement.isBlank())
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
