package io.anynode.captcha.session.jdbc;

import io.anynode.captcha.session.Counters.Count;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts in a table of ours, in statements that every database has.
 *
 * <p>The end of a window is told by the node that begins it. One that lies further ahead than a
 * window is long, and a minute more, was told by a clock that is wrong: it is over, or that node
 * would lock out others' visitors.
 */
final class Counts {

  /** Several nodes may begin a count at once; after so many rounds it is not that. */
  private static final int ROUNDS = 5;

  private final TimedJdbc jdbc;
  private final TransactionOperations several;
  private final TransactionOperations single;
  private final Schema schema;
  private final @Nullable String countAndRead;
  private final long patience;
  private volatile boolean ready;

  /**
   * Reaches no database yet.
   *
   * @param several runs several statements in one transaction
   * @param single runs one
   * @param countAndRead null if the database takes two statements for that
   * @param patience what failed after more is not tried again
   */
  Counts(
      TimedJdbc jdbc,
      TransactionOperations several,
      TransactionOperations single,
      Schema schema,
      @Nullable String countAndRead,
      Duration patience) {
    this.jdbc = jdbc;
    this.several = several;
    this.single = single;
    this.schema = schema;
    this.countAndRead = countAndRead;
    this.patience = patience.toNanos();
  }

  Count add(String name, long amount, Duration window) {
    ensure();
    return jdbc.call(() -> addedInTheEnd(name, amount, window));
  }

  private Count addedInTheEnd(String name, long amount, Duration window) {
    long now = System.currentTimeMillis();
    long ends = now + window.toMillis();
    long begun = System.nanoTime();
    for (int round = 1; ; round++) {
      try {
        @Nullable Count counted = added(name, amount, now, window);
        if (counted != null) {
          return counted;
        }
        // In a transaction of its own: two that have both found nothing would wait for each other.
        single.executeWithoutResult(status -> jdbc.update(Sql.BEGIN_COUNT, name, amount, ends));
        return new Count(amount, window);
      } catch (ConcurrencyFailureException | DuplicateKeyException e) {
        if (round == ROUNDS || System.nanoTime() - begun > patience) {
          throw e;
        }
      }
    }
  }

  /**
   * Null if there is no such count. In one statement where that can be, since a count that many ask
   * for is locked as long as this takes.
   */
  private @Nullable Count added(String name, long amount, long now, Duration window) {
    long ends = now + window.toMillis();
    long latest = ends + DatabaseClock.SKEW.toMillis();
    Object[] parameters = {now, latest, amount, amount, now, latest, ends, name};
    RowMapper<Count> count =
        (row, number) -> new Count(row.getLong(1), left(row.getLong(2) - now, window));
    List<Count> found =
        countAndRead != null
            ? Database.in(single, () -> jdbc.query(countAndRead, count, parameters))
            : Database.in(several, () -> updatedAndRead(count, parameters, name));
    return found.isEmpty() ? null : found.get(0);
  }

  /** The row is locked by the update, so that what is read is what was written. */
  private List<Count> updatedAndRead(RowMapper<Count> count, Object[] parameters, String name) {
    return jdbc.update(Sql.COUNT, parameters) == 0
        ? List.of()
        : jdbc.query(Sql.READ_COUNT, count, name);
  }

  private static Duration left(long millis, Duration window) {
    return Duration.ofMillis(Math.max(1, Math.min(millis, window.toMillis())));
  }

  void takeBack(String name, long amount) {
    ensure();
    long now = System.currentTimeMillis();
    single.executeWithoutResult(status -> jdbc.update(Sql.TAKE_BACK, amount, name, amount, now));
  }

  long read(String name) {
    ensure();
    long now = System.currentTimeMillis();
    List<Long> totals =
        single.execute(status -> jdbc.queryForList(Sql.READ_LIVE_COUNT, Long.class, name, now));
    return totals.isEmpty() ? 0 : totals.get(0);
  }

  /** Forgets the windows that are over at a time in milliseconds; how many there were. */
  int sweep(long now) {
    return ready ? single.execute(status -> jdbc.update(Sql.SWEEP_COUNTS, now)) : 0;
  }

  private void ensure() {
    if (!ready) {
      schema.ensureCounts();
      ready = true;
    }
  }
}
