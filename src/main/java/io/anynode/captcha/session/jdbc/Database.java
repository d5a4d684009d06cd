package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore.Claimed;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.UnstorableAttributeException;
import io.anynode.captcha.settings.SessionSettings;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database that was reached once, with its tables there: Spring Session's repository over it, and
 * the statements beside.
 *
 * <p>Every call is in a transaction of its own, outside the application's.
 */
final class Database {

  private static final SQLExceptionTranslator STANDARD = new SQLExceptionSubclassTranslator();

  private final TimedJdbc jdbc;
  private final TransactionOperations several;
  private final TransactionOperations single;
  private final Dialect dialect;
  private final Schema schema;
  private final Counts counts;
  private final DatabaseClock clock;
  private final AttributeCodec codec;
  private final long patience;
  private final SessionRepository<? extends Session> repository;

  private Database(
      DataSource connections,
      Source source,
      Dialect dialect,
      SessionSettings settings,
      AttributeCodec codec) {
    this.jdbc = new TimedJdbc(connections, source.callLimit());
    this.jdbc.setExceptionTranslator(Database::translated);
    if (source.statementSeconds() > 0) {
      this.jdbc.setQueryTimeout(source.statementSeconds());
    }
    this.several = transactions(connections, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    // Where each statement commits by itself, one of them costs one round trip and not three.
    this.single =
        source.autoCommits()
            ? transactions(connections, TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
            : several;
    this.dialect = dialect;
    this.schema = new Schema(jdbc, single, dialect);
    this.counts =
        new Counts(
            jdbc,
            several,
            single,
            schema,
            dialect.countAndRead(),
            settings.jdbc().timeout().dividedBy(2));
    this.clock = new DatabaseClock(jdbc, dialect.now(), System::currentTimeMillis);
    this.codec = codec;
    this.patience = settings.jdbc().timeout().dividedBy(2).toNanos();
    this.repository = repository(settings);
  }

  /**
   * Reaches the database and creates the session tables if they are missing.
   *
   * @throws StoreUnavailableException if that does not work now
   */
  static Database prepare(Source source, SessionSettings settings, AttributeCodec codec) {
    try {
      DataSource connections = source.dataSource();
      Database database = new Database(connections, source, dialect(connections), settings, codec);
      database.schema.ensureSessions();
      return database;
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException | SQLException | NamingException e) {
      Throwable told = source.secrets().withheld(e);
      throw new StoreUnavailableException(
          "The session database cannot be used ("
              + root(told).getMessage()
              + "). "
              + source.advice(),
          told);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Dialect dialect(DataSource connections) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      DatabaseMetaData about = connection.getMetaData();
      String product = about.getDatabaseProductName();
      Dialect dialect = Dialect.of(product);
      if (dialect == null) {
        throw new SQLFeatureNotSupportedException(
            "it is " + product + "; PostgreSQL, MariaDB, MySQL and H2 are supported");
      }
      return dialect;
    }
  }

  private static TransactionTemplate transactions(DataSource connections, int propagation) {
    TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(connections));
    template.setPropagationBehavior(propagation);
    return template;
  }

  static <T extends @Nullable Object> T in(TransactionOperations transaction, Supplier<T> work) {
    return transaction.execute(status -> work.get());
  }

  private JdbcIndexedSessionRepository repository(SessionSettings settings) {
    JdbcIndexedSessionRepository sessions = undeleting();
    sessions.setDefaultMaxInactiveInterval(settings.timeout());
    sessions.setSessionIdGenerator(SessionIds.of(settings.cookie()));
    sessions.setSaveMode(SaveMode.ON_SET_ATTRIBUTE);
    sessions.setFlushMode(FlushMode.ON_SAVE);
    sessions.setCleanupCron(Scheduled.CRON_DISABLED); // the store has a sweeper of its own
    sessions.setGetSessionQuery(dialect.readSession());
    sessions.setUpdateSessionQuery(Sql.UPDATE_SESSION);
    sessions.setCreateSessionAttributeQuery(dialect.addAttribute());
    sessions.setUpdateSessionAttributeQuery(dialect.updateAttribute());
    sessions.setDeleteSessionAttributeQuery(dialect.removeAttribute());
    GenericConversionService conversion = new GenericConversionService();
    conversion.addConverter(Object.class, byte[].class, codec::write);
    conversion.addConverter(byte[].class, Object.class, codec::read);
    sessions.setConversionService(conversion);
    return sessions;
  }

  /** Its calls come in the transactions that are opened here. */
  private JdbcIndexedSessionRepository undeleting() {
    if (!dialect.savesAtOnce()) {
      return new Undeleting(jdbc, TransactionOperations.withoutTransaction());
    }
    OneStatement saves = new OneStatement(jdbc);
    return new Undeleting(saves.operations(), saves);
  }

  /**
   * Spring Session deletes a session that it finds expired; by a clock that is ahead, a live one.
   * Here it is absent, and the sweep deletes it, which asks the database's clock as well.
   */
  private static final class Undeleting extends JdbcIndexedSessionRepository {

    Undeleting(JdbcOperations jdbc, TransactionOperations transactions) {
      super(jdbc, transactions);
    }

    @Override
    public void deleteById(String id) {
      // The store itself deletes those that are to go.
    }
  }

  /**
   * Spring Session takes any violation by an added attribute for a session that is gone. A value
   * that does not fit its column is none, and must not get lost in silence.
   */
  private static @Nullable DataAccessException translated(
      String task, @Nullable String sql, SQLException e) {
    for (SQLException next = e; next != null; next = next.getNextException()) {
      if ("22001".equals(next.getSQLState())) {
        throw new UnstorableAttributeException(
            "A session attribute does not fit: its name may have 200 characters, the name of the"
                + " user 100, and its value what the column ATTRIBUTE_BYTES holds.",
            e);
      }
    }
    return STANDARD.translate(task, sql, e);
  }

  StoredSession create() {
    return created(repository);
  }

  private static <S extends Session> StoredSession created(SessionRepository<S> repository) {
    S session = repository.createSession();
    return new StoredSession(session, () -> repository.save(session), null);
  }

  @Nullable StoredSession find(String id) {
    return jdbc.<@Nullable StoredSession>call(() -> in(single, () -> found(repository, id)));
  }

  private static <S extends Session> @Nullable StoredSession found(
      SessionRepository<S> repository, String id) {
    S session = repository.findById(id);
    return session == null
        ? null
        : new StoredSession(session, () -> repository.save(session), session.getId());
  }

  void delete(String id) {
    boolean unused =
        jdbc.call(
            () -> {
              single.executeWithoutResult(status -> jdbc.update(Sql.DELETE_SESSION, id));
              return true;
            });
  }

  /** Saves what changed; nothing of it if the session is gone, or has got a new id elsewhere. */
  void save(StoredSession session) {
    if (session.isChanged() && jdbc.call(() -> writtenInTheEnd(session))) {
      session.saved();
    }
  }

  /**
   * Once it has written, Spring Session takes its changes for saved: if the commit then fails, a
   * second try would write nothing and look well.
   */
  private boolean writtenInTheEnd(StoredSession session) {
    long begun = System.nanoTime();
    try {
      return written(session);
    } catch (ConcurrencyFailureException | DuplicateKeyException e) {
      if (session.isWritten() || isLong(begun)) {
        throw e;
      }
      return written(session);
    }
  }

  /**
   * Nothing if the id is to change and is not there any more: of several requests that change it at
   * the same moment, one finds the old one.
   */
  private boolean written(StoredSession session) {
    String stored = session.storedId();
    String id = session.getId();
    boolean renames = stored != null && !stored.equals(id);
    return in(
        dialect.savesAtOnce() && !renames ? single : several,
        () -> {
          if (renames && jdbc.update(Sql.CHANGE_SESSION_ID, id, stored) != 1) {
            return false;
          }
          session.write();
          return true;
        });
  }

  /**
   * A deadlock ends one of two transactions, and that one can be run again; not if the database
   * took so long to find it that a visitor would wait twice.
   */
  private <T> T twice(Supplier<T> transaction) {
    long begun = System.nanoTime();
    try {
      return transaction.get();
    } catch (ConcurrencyFailureException | DuplicateKeyException e) {
      if (isLong(begun)) {
        throw e;
      }
      return transaction.get();
    }
  }

  private boolean isLong(long begun) {
    return System.nanoTime() - begun > patience;
  }

  @Nullable Claimed claim(String sessionId, String attribute) {
    Long now = System.currentTimeMillis();
    String take = dialect.takeAttribute();
    return jdbc.<@Nullable Claimed>call(
        () ->
            twice(
                () ->
                    take != null
                        ? in(single, () -> claimed(take, attribute, sessionId, now))
                        : in(several, () -> readAndDeleted(attribute, sessionId, now))));
  }

  private @Nullable Claimed claimed(String sql, Object... parameters) {
    return jdbc.query(sql, (row, number) -> claimed(row), parameters).stream()
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  /** What is damaged, or was never a challenge, is not claimed by anyone. */
  private Optional<Claimed> claimed(ResultSet row) throws SQLException {
    Instant created = Instant.ofEpochMilli(row.getLong(2));
    return Optional.ofNullable(codec.readText(row.getBytes(1)))
        .map(content -> new Claimed(content, created));
  }

  @Nullable String read(String sessionId, String attribute) {
    Long now = System.currentTimeMillis();
    byte[] stored =
        jdbc.<byte @Nullable []>call(
            () -> in(single, () -> bytes(Sql.READ_CLAIMED, attribute, sessionId, now)));
    return stored == null ? null : codec.readText(stored);
  }

  private byte @Nullable [] bytes(String sql, Object... parameters) {
    List<byte[]> rows = jdbc.queryForList(sql, byte[].class, parameters);
    return rows.isEmpty() ? null : rows.get(0);
  }

  /** Of several that read it, the one whose delete finds it has it. */
  private @Nullable Claimed readAndDeleted(Object... parameters) {
    Claimed read = claimed(Sql.READ_WHOLE, parameters);
    return read != null && jdbc.update(Sql.DELETE_CLAIMED, parameters) == 1 ? read : null;
  }

  String agree(String name, String proposal) {
    schema.ensureAgreed();
    String known = agreed(name);
    if (known != null) {
      return known;
    }
    try {
      var unused = in(single, () -> jdbc.update(Sql.WRITE_AGREED, name, proposal));
      return proposal;
    } catch (DuplicateKeyException e) {
      String earlier = agreed(name);
      if (earlier == null) {
        throw e;
      }
      return earlier;
    }
  }

  private @Nullable String agreed(String name) {
    List<String> rows = in(single, () -> jdbc.queryForList(Sql.READ_AGREED, String.class, name));
    return rows.isEmpty() ? null : rows.get(0);
  }

  Counts counts() {
    return counts;
  }

  /**
   * Deletes sessions that have expired, and counts that are over.
   *
   * @param limit how many sessions at most
   * @return how many of both
   */
  int sweep(int limit) {
    Long now = in(single, clock::earlier);
    return in(single, () -> jdbc.update(dialect.sweep(), now, limit)) + counts.sweep(now);
  }
}
