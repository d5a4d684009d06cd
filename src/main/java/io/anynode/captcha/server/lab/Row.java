package io.anynode.captcha.server.lab;

import java.util.List;

/**
 * One row of the table: a way to the workers, and where the answer lives.
 *
 * @param id a number, and a letter where several rows share it
 * @param way how requests find a worker
 * @param kept where the answer lives
 */
record Row(String id, Way way, Kept kept) {

  /** All rows, in the table's order. */
  static final List<Row> ALL =
      List.of(
          new Row("1", Way.ROUND_ROBIN, Kept.MEMORY),
          new Row("2", Way.CLIENT_ADDRESS, Kept.MEMORY),
          new Row("3", Way.VISITOR_COOKIE, Kept.MEMORY),
          new Row("4a", Way.BALANCER_COOKIE, Kept.MEMORY),
          new Row("4b", Way.SESSION_COOKIE, Kept.MEMORY),
          new Row("5", Way.ROUND_ROBIN, Kept.SYNCED),
          new Row("6", Way.ROUND_ROBIN, Kept.SYNCED_READ_ON_MISS),
          new Row("7", Way.ROUND_ROBIN, Kept.FILE),
          new Row("8", Way.ROUND_ROBIN, Kept.JDBC),
          new Row("9", Way.ROUND_ROBIN, Kept.REDIS),
          new Row("10a", Way.RANDOM, Kept.REDIS),
          new Row("10b", Way.LEAST_CONNECTIONS, Kept.JDBC),
          new Row("11a", Way.ROUND_ROBIN, Kept.REPLICATED),
          new Row("11b", Way.ROUND_ROBIN, Kept.REPLICATED_AT_ONCE),
          new Row("11c", Way.BALANCER_COOKIE, Kept.REPLICATED),
          new Row("11d", Way.BALANCER_COOKIE, Kept.REPLICATED_AT_ONCE));

  /**
   * The rows of a list such as {@code 1,4a,10}; a number stands for all rows that have it.
   *
   * @throws IllegalArgumentException if there is no such row
   */
  static List<Row> named(List<String> names) {
    for (String name : names) {
      if (ALL.stream().noneMatch(row -> row.isCalled(name))) {
        throw new IllegalArgumentException(
            "There is no row " + name + "; there are " + String.join(", ", ids()));
      }
    }
    return ALL.stream().filter(row -> names.stream().anyMatch(row::isCalled)).toList();
  }

  /** What there is to choose from. */
  static List<String> ids() {
    return ALL.stream().map(Row::id).toList();
  }

  private boolean isCalled(String name) {
    return id.equals(name) || id.replaceAll("[a-z]", "").equals(name);
  }
}
