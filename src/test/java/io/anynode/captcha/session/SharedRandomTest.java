package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedRandomTest {

  private static final int THREADS = 32;

  /** Its bytes are 0, 1, 2 and so on, and then 0 again. */
  private static final class Counting implements RandomGenerator {

    private int next;

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) next++;
      }
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aThreadGetsTheBytesOfTheSourceEachOnceAndNoneIsLeftOut() {
    SharedRandom random = new SharedRandom(Counting::new);

    assertThat(random.nextLong()).isEqualTo(0x00_01_02_03_04_05_06_07L);
    assertThat(random.nextInt()).isEqualTo(0x08_09_0a_0b);
    int expected = 0x0c;
    for (int size : new int[] {1, 16, 0, 300, 255, 256, 257, 1_000}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      for (byte one : bytes) {
        assertThat(one).isEqualTo((byte) expected++);
      }
    }
  }

  @Test
  void manyThreadsAtOnceGetNothingTwice() throws Exception {
    SharedRandom random = new SharedRandom();
    List<String> drawn = new ArrayList<>();
    CyclicBarrier all = new CyclicBarrier(THREADS);
    Callable<Collection<String>> one =
        () -> {
          all.await();
          return IntStream.range(0, 1_000).mapToObj(i -> hex(random)).toList();
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Collection<String>> each :
          threads.invokeAll(IntStream.range(0, THREADS).mapToObj(i -> one).toList())) {
        drawn.addAll(each.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(drawn).hasSize(THREADS * 1_000).doesNotHaveDuplicates();
  }

  @Test
  void eachThreadsSourceIsSeededByItself() throws Exception {
    SharedRandom random = new SharedRandom();
    Set<String> first = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> first.add(hex(random)));
      thread.start();
      thread.join();
    }

    assertThat(first).hasSize(THREADS);
  }

  @Test
  void anotherInstanceDrawsOthers() {
    assertThat(hex(new SharedRandom())).isNotEqualTo(hex(new SharedRandom()));
  }

  @Test
  void numbersUpToABoundAreThereAndNoOthers() {
    SharedRandom random = new SharedRandom();

    assertThat(IntStream.range(0, 5_000).map(i -> random.nextInt(18)).distinct().sorted())
        .containsExactly(IntStream.range(0, 18).boxed().toArray(Integer[]::new));
  }

  @Test
  void eachBitIsSetInSomeAndNotInOthers() {
    SharedRandom random = new SharedRandom();
    long set = 0;
    long unset = 0;
    for (int i = 0; i < 1_000; i++) {
      long one = random.nextLong();
      set |= one;
      unset |= ~one;
    }

    assertThat(set).isEqualTo(-1);
    assertThat(unset).isEqualTo(-1);
  }

  private static String hex(SharedRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
