package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.CarefulRepository;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.ReadyOnce;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.Sweeper;
import io.anynode.captcha.session.UnstorableAttributeException;
import io.anynode.captcha.settings.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions in a database, in Spring Session's own tables, by its {@code
 * JdbcIndexedSessionRepository}.
 *
 * <p>The database is {@code captcha.session.jdbc.url}, or the container's {@code DataSource} named
 * by {@code captcha.session.jdbc.jndi}; with neither, an embedded H2 in a file of this node. The
 * tables are created when they are missing, and left alone when they are there. A call waits for a
 * connection and for all its answers together no longer than {@code captcha.session.jdbc.timeout}
 * and a fifth more; a container's own pool has its own limit.
 */
public final class JdbcStore implements SessionStore {

  /** It takes a database some milliseconds, which a request may have to wait for. */
  private static final int SWEPT_AT_ONCE = 200;

  private final Source source;
  private final ReadyOnce<Database> database;
  private final String fault;
  private final SessionRepository<StoredSession> sessions;
  private final Sweeper sweeper;

  private JdbcStore(Source source, SessionSettings settings, AttributeCodec codec) {
    this.source = source;
    this.database =
        new ReadyOnce<>(
            () -> Database.prepare(source, settings, codec),
            settings.jdbc().timeout().plusMillis(500));
    this.fault = "The session database does not answer, or refuses. " + source.advice();
    this.sessions = new CarefulRepository<>(new Stored(database), fault);
    this.sweeper = new Sweeper(settings.cleanup(), () -> sweep(database));
  }

  /**
   * Opens the store, without reaching the database.
   *
   * @param settings where the database is
   * @param home the folder in which the embedded database keeps its file; it need not exist yet
   * @param codec writes and reads attributes
   * @param application where the application's own JDBC driver is looked for, before ours
   * @throws IllegalArgumentException if the settings cannot work, whatever the database does: a URL
   *     of no supported database, a driver that is missing
   */
  public static JdbcStore open(
      SessionSettings settings, Path home, AttributeCodec codec, ClassLoader application) {
    return new JdbcStore(Source.of(settings.jdbc(), home, application), settings, codec);
  }

  /**
   * Looks at the settings without opening anything.
   *
   * @throws IllegalArgumentException if the URL is of no supported database
   */
  public static void check(SessionSettings.Jdbc settings) {
    if (settings.url() != null) {
      Driver unused = Driver.of(settings.url().value());
    }
  }

  @Override
  public SessionRepository<? extends Session> sessions() {
    return sessions;
  }

  @Override
  public @Nullable Claimed claimWhole(String sessionId, String attribute) {
    if (!WellFormed.id(sessionId) || !WellFormed.claimable(attribute)) {
      return null;
    }
    return translating(() -> database.get().claim(sessionId, attribute));
  }

  @Override
  public @Nullable String read(String sessionId, String attribute) {
    if (!WellFormed.id(sessionId) || !WellFormed.claimable(attribute)) {
      return null;
    }
    return translating(() -> database.get().read(sessionId, attribute));
  }

  @Override
  public String agree(String name, String proposal) {
    return translating(() -> database.get().agree(name, proposal));
  }

  @Override
  public Counters counters() {
    return new SharedCounts();
  }

  private final class SharedCounts implements Counters {

    @Override
    public Count add(String name, long amount, Duration window) {
      return translating(() -> database.get().counts().add(name, amount, window));
    }

    @Override
    public void takeBack(String name, long amount) {
      boolean unused =
          translating(
              () -> {
                database.get().counts().takeBack(name, amount);
                return true;
              });
    }

    @Override
    public List<Long> read(List<String> names) {
      return translating(
          () -> names.stream().map(name -> database.get().counts().read(name)).toList());
    }
  }

  private <T extends @Nullable Object> T translating(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException | UnstorableAttributeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreUnavailableException(fault, e);
    }
  }

  /** Leaves the attempts to reach a database to the requests, which would fail beside it. */
  private static int sweep(ReadyOnce<Database> database) {
    Database reached = database.ifMade();
    return reached == null ? 0 : reached.sweep(SWEPT_AT_ONCE);
  }

  @Override
  public void close() {
    sweeper.close();
    source.close();
  }

  /** The repository of a database that may not have been reached yet. */
  private record Stored(ReadyOnce<Database> database) implements SessionRepository<StoredSession> {

    @Override
    public StoredSession createSession() {
      return database.get().create();
    }

    @Override
    public void save(StoredSession session) {
      database.get().save(session);
    }

    @Override
    public @Nullable StoredSession findById(String id) {
      return WellFormed.id(id) ? database.get().find(id) : null;
    }

    @Override
    public void deleteById(String id) {
      if (WellFormed.id(id)) {
        database.get().delete(id);
      }
    }
  }
}
