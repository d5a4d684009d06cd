package io.anynode.captcha.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.LogLines;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseClockTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final long TEN_MINUTES = 600_000;

  private final AtomicLong own = new AtomicLong(NOW);
  private final DatabaseClock clock =
      new DatabaseClock(
          new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:mem:")),
          "SELECT CAST(" + NOW + " AS BIGINT)",
          own::get);

  @Test
  void theEarlierOfBothCounts() {
    own.set(NOW + TEN_MINUTES);
    assertThat(clock.earlier()).isEqualTo(NOW);
    own.set(NOW - TEN_MINUTES);
    assertThat(clock.earlier()).isEqualTo(NOW - TEN_MINUTES);
  }

  @Test
  void theLogHasOneLineForEachTimeThatTheyPart() {
    try (LogLines lines = LogLines.of(DatabaseClock.class)) {
      for (long apart : new long[] {0, 59_000, TEN_MINUTES, TEN_MINUTES, 0, -TEN_MINUTES}) {
        own.set(NOW + apart);
        long unused = clock.earlier();
      }
      assertThat(lines.with("")).hasSize(2);
      assertThat(lines.with("600 s ahead of the database's")).hasSize(1);
      assertThat(lines.with("600 s behind the database's")).hasSize(1);
    }
  }
}
