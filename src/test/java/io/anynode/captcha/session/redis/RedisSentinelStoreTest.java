package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.real.RealSentinels;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store behind Sentinels; what differs from one server is who the master is. */
class RedisSentinelStoreTest {

  private final RealSentinels sentinels = RealSentinels.start();
  private final Backing backing = Backing.at(sentinels.uri());

  @AfterEach
  void stop() {
    sentinels.close();
  }

  @Test
  void theStoreFollowsTheMasterAndLeavesNoThread() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (SessionStore node = backing.open(sentinels.uri(), Duration.ofSeconds(1))) {
      Held<?> session = Held.create(node).set("captcha.1", "one").set("captcha.2", "two").save();
      assertThat(node.claim(session.id(), "captcha.1")).isEqualTo("one");
      Held<?> rotating = Held.load(node, session.id());
      String rotated = rotating.session().changeSessionId();
      rotating.save();
      await()
          .pollInSameThread()
          .until(() -> "1".equals(sentinels.replica().ask("EXISTS " + backing.key(rotated))));

      sentinels.master().kill();

      String claimed =
          await()
              .pollInSameThread()
              .atMost(Duration.ofSeconds(20))
              .ignoreExceptions()
              .until(() -> node.claim(rotated, "captcha.2"), content -> content != null);
      assertThat(claimed).isEqualTo("two");
      assertThat(node.claim(rotated, "captcha.1")).isNull();
      assertThat(node.claim(rotated, "captcha.2")).isNull();
      assertThat(node.sessions().findById(session.id()) == null).isTrue();
    }

    await()
        .pollInSameThread()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void oneSentinelThatAnswersIsEnough(int alive) {
    sentinels.sentinels().get((alive + 1) % 3).freeze();
    sentinels.sentinels().get((alive + 2) % 3).kill();

    try (SessionStore node = backing.open(sentinels.uri(), Duration.ofSeconds(1))) {
      assertThat(node.agree("key", "one")).isEqualTo("one");
    }
  }

  @Test
  void aMasterThatTheSentinelsDoNotKnowIsAFaultThatSaysSo() {
    String uri = sentinels.uri().replaceFirst("#.*", "#other");

    try (SessionStore node = backing.open(uri, Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> node.agree("key", "one"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("knows no master of the name after #");
    }
  }
}
