package io.anynode.captcha.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts in this JVM. It has no faults. */
public final class LocalCounters implements Counters {

  private record Window(long total, long ends) {}

  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Window> windows = new ConcurrentHashMap<>();

  /**
   * Nothing is counted.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  public LocalCounters(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Count add(String name, long amount, Duration window) {
    long now = nanoTime.getAsLong();
    Window counted =
        windows.merge(
            name,
            new Window(amount, now + window.toNanos()),
            (old, fresh) ->
                isOver(old, now) ? fresh : new Window(old.total() + amount, old.ends()));
    return new Count(counted.total(), Duration.ofNanos(counted.ends() - now));
  }

  @Override
  public void takeBack(String name, long amount) {
    Window unused =
        windows.computeIfPresent(
            name, (n, old) -> new Window(Math.max(0, old.total() - amount), old.ends()));
  }

  @Override
  public List<Long> read(List<String> names) {
    long now = nanoTime.getAsLong();
    return names.stream().map(name -> total(windows.get(name), now)).toList();
  }

  /**
   * Forgets the windows that are over.
   *
   * @return how many there were
   */
  public int sweep() {
    long now = nanoTime.getAsLong();
    int before = windows.size();
    windows.values().removeIf(window -> isOver(window, now));
    return Math.max(0, before - windows.size());
  }

  private static Long total(@Nullable Window window, long now) {
    return window == null || isOver(window, now) ? 0 : window.total();
  }

  private static boolean isOver(Window window, long now) {
    return window.ends() - now <= 0;
  }
}
