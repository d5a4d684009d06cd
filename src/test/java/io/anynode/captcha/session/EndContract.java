package io.anynode.captcha.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A session that was deleted or has expired is gone, and stays gone. */
interface EndContract extends TwoNodes {

  @Test
  default void savingASessionThatWasDeletedDoesNothing() {
    String id = savedOnA("captcha.1", "content");
    Held<?> inFlight = Held.load(b(), id);
    a().sessions().deleteById(id);

    inFlight.set("other", "changed").session().setLastAccessedTime(Instant.now());
    assertThatCode(inFlight::save).doesNotThrowAnyException();

    assertAbsent(id);
    assertThat(a().claim(id, "captcha.1")).isNull();
  }

  @Test
  default void rotatingASessionThatWasDeletedDoesNothing() {
    String id = savedOnA("captcha.1", "content");
    Held<?> inFlight = Held.load(b(), id);
    a().sessions().deleteById(id);

    String after = inFlight.session().changeSessionId();
    assertThatCode(inFlight.set("user", "Ada")::save).doesNotThrowAnyException();

    assertAbsent(id);
    assertAbsent(after);
  }

  @Test
  default void deletingASessionTwiceIsFine() {
    String id = savedOnA("start", "s");

    a().sessions().deleteById(id);
    assertThatCode(() -> b().sessions().deleteById(id)).doesNotThrowAnyException();

    assertAbsent(id);
  }

  @Test
  default void anExpiredSessionIsAbsentAndNothingInItCanBeClaimed() {
    Held<?> session = Held.create(a()).set("captcha.1", "content");
    session.session().setMaxInactiveInterval(Duration.ofSeconds(1));
    String id = session.save().id();

    await().atMost(10, SECONDS).until(() -> b().sessions().findById(id) == null);

    assertAbsent(id);
    assertThat(a().claim(id, "captcha.1")).isNull();
  }
}
