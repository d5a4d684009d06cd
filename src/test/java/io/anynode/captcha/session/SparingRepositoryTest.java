package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SparingRepository.Spared;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

class SparingRepositoryTest {

  private final MapSessionRepository stored = new MapSessionRepository(new ConcurrentHashMap<>());
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final String id = begun();

  private String begun() {
    MapSession session = stored.createSession();
    session.setMaxInactiveInterval(Duration.ofMinutes(30));
    session.setLastAccessedTime(start);
    stored.save(session);
    return session.getId();
  }

  @Test
  void anAccessThatComesSoonIsToldAndNotWritten() {
    Spared<MapSession> session = accessed(10, Duration.ofSeconds(179));

    assertThat(session.getLastAccessedTime()).isEqualTo(start.plusSeconds(179));
    assertThat(written()).isEqualTo(start);
  }

  @Test
  void anAccessAfterAPartOfItsTimeIsWritten() {
    accessed(10, Duration.ofMinutes(3));

    assertThat(written()).isEqualTo(start.plus(Duration.ofMinutes(3)));
  }

  @Test
  void zeroPercentWritesEachAccess() {
    accessed(0, Duration.ofMillis(1));

    assertThat(written()).isEqualTo(start.plusMillis(1));
  }

  @Test
  void whatIsWrittenAnywayTakesTheAccessAlong() {
    SparingRepository<MapSession> sparing = new SparingRepository<>(stored, 10);
    Spared<MapSession> session = accessed(10, Duration.ofSeconds(5));

    session.setAttribute("user", "someone");
    sparing.save(session);

    assertThat(written()).isEqualTo(start.plusSeconds(5));
    assertThat(found().<String>getAttribute("user")).isEqualTo("someone");
  }

  @Test
  void aClockThatWentBackIsWritten() {
    accessed(10, Duration.ofMinutes(-10));

    assertThat(written()).isEqualTo(start.minus(Duration.ofMinutes(10)));
  }

  private Spared<MapSession> accessed(int percent, Duration later) {
    SparingRepository<MapSession> sparing = new SparingRepository<>(stored, percent);
    Spared<MapSession> session = Objects.requireNonNull(sparing.findById(id));
    session.setLastAccessedTime(start.plus(later));
    sparing.save(session);
    return session;
  }

  private Instant written() {
    return found().getLastAccessedTime();
  }

  private MapSession found() {
    return Objects.requireNonNull(stored.findById(id));
  }
}
