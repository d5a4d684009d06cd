package io.anynode.captcha.session.jdbc;

/** The statements that several databases share, on Spring Session's own tables and one of ours. */
final class Sql {

  private static final String CLAIMED =
      " FROM SPRING_SESSION_ATTRIBUTES WHERE ATTRIBUTE_NAME = ? AND SESSION_PRIMARY_ID ="
          + " (SELECT PRIMARY_ID FROM SPRING_SESSION WHERE SESSION_ID = ? AND EXPIRY_TIME > ?)";

  static final String DELETE_CLAIMED = "DELETE" + CLAIMED;

  /** When the session was begun whose attribute a statement has. */
  static final String CREATED =
      "(SELECT CREATION_TIME FROM SPRING_SESSION WHERE PRIMARY_ID = SESSION_PRIMARY_ID)";

  static final String READ_WHOLE = "SELECT ATTRIBUTE_BYTES, " + CREATED + CLAIMED;

  static final String READ_CLAIMED = "SELECT ATTRIBUTE_BYTES" + CLAIMED;

  /**
   * A session with its attributes, without those under a challenge's name that hold no text: what
   * reads a value in Spring Session does not know its name, and a challenge is never deserialized.
   * In the place of %s comes the one byte that a text begins with.
   */
  static final String READ_SESSION =
      """
      SELECT S.PRIMARY_ID, S.SESSION_ID, S.CREATION_TIME, S.LAST_ACCESS_TIME,
      S.MAX_INACTIVE_INTERVAL, SA.ATTRIBUTE_NAME, SA.ATTRIBUTE_BYTES
      FROM SPRING_SESSION S
      LEFT JOIN SPRING_SESSION_ATTRIBUTES SA ON S.PRIMARY_ID = SA.SESSION_PRIMARY_ID
      AND (SUBSTRING(SA.ATTRIBUTE_BYTES FROM 1 FOR 1) = %s OR (
      SA.ATTRIBUTE_NAME NOT LIKE 'captcha.________________________________________' AND
      SA.ATTRIBUTE_NAME NOT LIKE 'captcha.image.%%________________________________________'))
      WHERE S.SESSION_ID = ?
      """;

  /**
   * The update of a session as it is, but for its id: the one that a request holds may be stale,
   * and must not be put back after another request has changed it at login.
   */
  static final String UPDATE_SESSION =
      """
      UPDATE %TABLE_NAME%
      SET SESSION_ID = COALESCE(SESSION_ID, ?), LAST_ACCESS_TIME = ?, MAX_INACTIVE_INTERVAL = ?,
      EXPIRY_TIME = ?, PRINCIPAL_NAME = ?
      WHERE PRIMARY_ID = ?
      """;

  static final String UPDATE_ATTRIBUTE =
      """
      UPDATE %%TABLE_NAME%%_ATTRIBUTES SET ATTRIBUTE_BYTES = ? %s
      WHERE SESSION_PRIMARY_ID = ? AND ATTRIBUTE_NAME = ?
      """;

  static final String REMOVE_ATTRIBUTE =
      """
      DELETE FROM %%TABLE_NAME%%_ATTRIBUTES %s
      WHERE SESSION_PRIMARY_ID = ? AND ATTRIBUTE_NAME = ?
      """;

  /** Parameters: the new id, the old one. */
  static final String CHANGE_SESSION_ID =
      "UPDATE SPRING_SESSION SET SESSION_ID = ? WHERE SESSION_ID = ?";

  /** Spring Session's own leaves sessions that never expire. */
  static final String DELETE_SESSION = "DELETE FROM SPRING_SESSION WHERE SESSION_ID = ?";

  static final String MYSQL_ADD_ATTRIBUTE =
      """
      INSERT INTO %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
      VALUES (?, ?, ?)
      ON DUPLICATE KEY UPDATE ATTRIBUTE_BYTES = VALUES(ATTRIBUTE_BYTES)
      """;

  static final String MYSQL_SWEEP =
      "DELETE FROM SPRING_SESSION WHERE EXPIRY_TIME < ? ORDER BY EXPIRY_TIME LIMIT ?";

  static final String CREATE_AGREED =
      "CREATE TABLE CAPTCHA_AGREED"
          + " (NAME VARCHAR(100) NOT NULL PRIMARY KEY, AGREED VARCHAR(200) NOT NULL)";

  static final String READ_AGREED = "SELECT AGREED FROM CAPTCHA_AGREED WHERE NAME = ?";

  static final String WRITE_AGREED = "INSERT INTO CAPTCHA_AGREED (NAME, AGREED) VALUES (?, ?)";

  static final String CREATE_COUNTS =
      "CREATE TABLE CAPTCHA_COUNTS"
          + " (NAME VARCHAR(100) NOT NULL PRIMARY KEY, TOTAL BIGINT NOT NULL, ENDS BIGINT NOT NULL)";

  static final String INDEX_COUNTS = "CREATE INDEX CAPTCHA_COUNTS_IX1 ON CAPTCHA_COUNTS (ENDS)";

  /**
   * Adds to a count, or begins it anew if it is over. Parameters: now in milliseconds, the latest
   * end that can be true, the amount, the amount; now, that latest end, the end of a new window;
   * the name. MySQL assigns from left to right: the end is looked at before it is changed.
   */
  static final String COUNT =
      """
      UPDATE CAPTCHA_COUNTS SET
      TOTAL = CASE WHEN ENDS > ? AND ENDS <= ? THEN TOTAL + ? ELSE ? END,
      ENDS = CASE WHEN ENDS > ? AND ENDS <= ? THEN ENDS ELSE ? END
      WHERE NAME = ?
      """;

  /** Parameters: the name, the amount, the end. */
  static final String BEGIN_COUNT =
      "INSERT INTO CAPTCHA_COUNTS (NAME, TOTAL, ENDS) VALUES (?, ?, ?)";

  static final String READ_COUNT = "SELECT TOTAL, ENDS FROM CAPTCHA_COUNTS WHERE NAME = ?";

  /** Parameters: the name, now in milliseconds. */
  static final String READ_LIVE_COUNT =
      "SELECT TOTAL FROM CAPTCHA_COUNTS WHERE NAME = ? AND ENDS > ?";

  /** Parameters: the amount, the name, the amount, now in milliseconds. */
  static final String TAKE_BACK =
      "UPDATE CAPTCHA_COUNTS SET TOTAL = TOTAL - ? WHERE NAME = ? AND TOTAL >= ? AND ENDS > ?";

  /** Parameters: now in milliseconds. */
  static final String SWEEP_COUNTS = "DELETE FROM CAPTCHA_COUNTS WHERE ENDS < ?";

  private Sql() {}
}
