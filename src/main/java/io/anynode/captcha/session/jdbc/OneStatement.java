package io.anynode.captcha.session.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs what Spring Session writes in one save as one statement of PostgreSQL's: one round trip that
 * commits by itself, and not one for each kind of change and one for the end.
 *
 * <p>The parts of such a statement do not see what the others write, and run in no promised order;
 * but they see what one of them returns. The first, of the session's own row, returns its key as
 * {@code SAVED}, and those of attributes read that: they run once it has locked the row, and write
 * nothing if there is no such session.
 *
 * <p>It fails inside the repository's save, which then still takes the session for changed.
 */
final class OneStatement implements TransactionOperations {

  private final JdbcOperations jdbc;

  @SuppressWarnings("ThreadLocalUsage") // each save takes its own away
  private final ThreadLocal<@Nullable List<Part>> parts = new ThreadLocal<>();

  private record Part(String sql, PreparedStatementSetter parameters) {}

  OneStatement(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** What the repository reads by, and hands its parts to; not to be used without {@code this}. */
  JdbcOperations operations() {
    return proxy(JdbcOperations.class, this::invoke);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            OneStatement.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** The three that the repository uses today; others are refused, not guessed at. */
  private @Nullable Object invoke(Object proxy, Method method, Object[] args) {
    String sql = (String) args[0];
    return switch (method.getName()) {
      case "query" ->
          jdbc.query(sql, (PreparedStatementSetter) args[1], (ResultSetExtractor<?>) args[2]);
      case "update" -> added(sql, (PreparedStatementSetter) args[1]);
      case "batchUpdate" -> added(sql, (BatchPreparedStatementSetter) args[1]);
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private int added(String sql, PreparedStatementSetter parameters) {
    Objects.requireNonNull(parts.get()).add(new Part(sql, parameters));
    return 1;
  }

  private int[] added(String sql, BatchPreparedStatementSetter batch) {
    int[] rows = new int[batch.getBatchSize()];
    for (int i = 0; i < rows.length; i++) {
      int row = i;
      rows[i] = added(sql, statement -> batch.setValues(statement, row));
    }
    return rows;
  }

  @Override
  public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
    List<Part> added = new ArrayList<>();
    parts.set(added);
    try {
      T result = TransactionOperations.withoutTransaction().execute(action);
      if (!added.isEmpty()) {
        int unused = jdbc.update(together(added), statement -> set(statement, added));
      }
      return result;
    } finally {
      parts.remove();
    }
  }

  /** The same text for as many attributes that are added, changed and removed. */
  private static String together(List<Part> parts) {
    int last = parts.size() - 1;
    if (last == 0) {
      return parts.get(0).sql();
    }
    StringBuilder whole = new StringBuilder("WITH SAVED AS (");
    whole.append(parts.get(0).sql()).append(" RETURNING PRIMARY_ID)");
    for (int i = 1; i < last; i++) {
      whole.append(", PART").append(i).append(" AS (").append(parts.get(i).sql()).append(')');
    }
    return whole.append(' ').append(parts.get(last).sql()).toString();
  }

  private static void set(PreparedStatement whole, List<Part> parts) throws SQLException {
    Parameters parameters = new Parameters(whole);
    PreparedStatement part = proxy(PreparedStatement.class, parameters);
    for (Part each : parts) {
      parameters.beginPart();
      each.parameters().setValues(part);
    }
  }

  /** A part's parameters, which it counts from 1, among those of the whole. */
  private static final class Parameters implements InvocationHandler {

    private final PreparedStatement whole;
    private int before;
    private int highest;

    Parameters(PreparedStatement whole) {
      this.whole = whole;
    }

    void beginPart() {
      before = highest;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] args)
        throws SQLException {
      int at = before + (Integer) Objects.requireNonNull(args[0]);
      Object value = args[1];
      highest = Math.max(highest, at);
      switch (method.getName()) {
        case "setString" -> whole.setString(at, (String) value);
        case "setInt" -> whole.setInt(at, (Integer) Objects.requireNonNull(value));
        case "setLong" -> whole.setLong(at, (Long) Objects.requireNonNull(value));
        case "setBytes" -> whole.setBytes(at, (byte[]) value);
        default -> throw new UnsupportedOperationException(method.toString());
      }
      return null;
    }
  }
}
