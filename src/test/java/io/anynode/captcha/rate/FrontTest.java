package io.anynode.captcha.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.LocalCounters;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Rate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrontTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong();
  private final Asked store = new Asked();

  private final class Asked implements Counters {

    private final LocalCounters counters = new LocalCounters(nanos::get);
    private final AtomicInteger additions = new AtomicInteger();
    private boolean down;

    @Override
    public Count add(String name, long amount, Duration window) {
      additions.incrementAndGet();
      if (down) {
        throw new StoreUnavailableException("down", new IllegalStateException());
      }
      return counters.add(name, amount, window);
    }

    @Override
    public void takeBack(String name, long amount) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> read(List<String> names) {
      throw new UnsupportedOperationException();
    }
  }

  private Front node(long most) {
    return new Front(new Rate(most, MINUTE), store, name -> name, nanos::get);
  }

  private static int passed(Front front, int requests) {
    int passed = 0;
    for (int i = 0; i < requests; i++) {
      if (front.take("a") == null) {
        passed++;
      }
    }
    return passed;
  }

  @Test
  void aSmallLimitIsExactOverAllNodes() {
    Front a = node(5);
    Front b = node(5);

    assertThat(passed(a, 3)).isEqualTo(3);
    assertThat(passed(b, 9)).isEqualTo(2);
    assertThat(passed(a, 9)).isZero();
  }

  @Test
  void aLargeLimitLetsATwentiethMorePassForEachNode() {
    List<Front> nodes = List.of(node(200), node(200), node(200), node(200));
    int passed = 0;
    for (int i = 0; i < 1_000; i++) {
      passed += passed(nodes.get(i % 4), 1);
    }

    assertThat(passed).isBetween(190, 200 + 4 * 10);
  }

  @Test
  void aFloodIsRefusedWithoutTheStore() {
    Front a = node(100);
    passed(a, 100);
    int told = store.additions.get();

    assertThat(passed(a, 100_000)).isZero();

    assertThat(told).isEqualTo(20);
    assertThat(store.additions).hasValue(told);
  }

  @Test
  void whoComesFewTimesCostsTheStoreNothing() {
    assertThat(passed(node(300), 14)).isEqualTo(14);

    assertThat(store.additions).hasValue(0);
  }

  @Test
  void theWaitIsTheRestOfTheWindowAndThenAllIsWell() {
    Front a = node(5);
    passed(a, 5);
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());

    assertThat(a.take("a")).isEqualTo(Duration.ofSeconds(40));
    assertThat(a.refused("a")).isEqualTo(Duration.ofSeconds(40));
    assertThat(a.refused("b")).isNull();

    nanos.addAndGet(Duration.ofSeconds(40).toNanos());
    assertThat(a.refused("a")).isNull();
    assertThat(passed(a, 9)).isEqualTo(5);
  }

  @Test
  void whileTheStoreIsDownEachNodeHoldsTheLimitAlone() {
    store.down = true;

    assertThat(passed(node(5), 9)).isEqualTo(5);
    assertThat(passed(node(5), 9)).isEqualTo(5);
  }

  @Test
  void itRemembersABoundedNumberOfClientsAndTheLatestOfThem() {
    Front a = node(5);
    for (int i = 0; i < 5 * Front.MOST_KEYS; i++) {
      assertThat(a.take("client " + i)).isNull();
      if (i % 1_000 == 0) {
        a.take("flood");
      }
    }

    assertThat(a.take("flood")).isNotNull();
    assertThat(a.keys()).isBetween(Front.MOST_KEYS / 2, Front.MOST_KEYS);
  }

  @Test
  void whoIsRefusedIsRememberedForAsLongAsItAsks() {
    Front a = node(5);
    passed(a, 6);
    for (int i = 0; i < 3 * Front.MOST_KEYS; i++) {
      assertThat(a.take("client " + i)).isNull();
      if (i % 1_000 == 0) {
        assertThat(a.refused("a")).isNotNull();
      }
    }
  }

  @Test
  void nothingIsKeptOfWhoOnlyAsks() {
    Front a = node(5);
    assertThat(a.refused("a")).isNull();
    assertThat(a.isNear("a")).isFalse();
    assertThat(a.share("a")).isZero();
    assertThat(a.keys()).isZero();
  }

  @Test
  void halfOfTheLimitIsNear() {
    Front a = node(10);
    passed(a, 5);
    assertThat(a.isNear("a")).isFalse();
    passed(a, 1);
    assertThat(a.isNear("a")).isTrue();
  }

  @Test
  void whatIsUsedOfTheLimitIsAShareUntilTheWindowEnds() {
    Front a = node(10);
    passed(a, 3);
    assertThat(a.share("a")).isEqualTo(0.3);
    assertThat(a.share("b")).isZero();
    passed(a, 30);
    assertThat(a.share("a")).isEqualTo(1);
    nanos.addAndGet(MINUTE.toNanos());
    assertThat(a.share("a")).isZero();
  }
}
